using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Departments.Controls;
using Storefront.Departments.Marketing;
using Storefront.Departments.Packing;
using Storefront.Departments.Sales;
using Storefront.Departments.Shipping;
using Storefront.Departments.Warehouse;
using Storefront.Messaging;
using Storefront.Orders;

namespace Storefront.Departments;

/// <summary>The departments: who listens to what, on one screen.</summary>
public static class DepartmentServices
{
    /// <summary>The topics of <c>shop.events</c> that each department's queue is bound to.</summary>
    public static IReadOnlyList<QueueBinding> Bindings { get; } =
    [
        Listen(Department.Sales, OrderMessages.AcceptedTopic, OrderMessages.Topic(OrderStatus.Cancelled)),
        Listen(Department.Marketing, OrderMessages.AcceptedTopic, OrderMessages.Topic(OrderStatus.Cancelled)),
        Listen(Department.Warehouse, OrderMessages.AcceptedTopic, OrderMessages.Topic(OrderStatus.Cancelled)),
        Listen(Department.Packing, OrderMessages.Topic(OrderStatus.Picked)),
        Listen(Department.Shipping, OrderMessages.Topic(OrderStatus.Packed)),
    ];

    /// <summary>How the departments are to work, which every process knows: what is configured, and what the staff has set.</summary>
    public static IServiceCollection AddDepartmentSettings(this IServiceCollection services)
    {
        services.AddShopOptions<SimulationOptions>(SimulationOptions.Section);
        services.AddSetting(Department.Sales, seconds: 3).AddSetting(Department.Marketing, seconds: 1).AddSetting(Department.Warehouse, seconds: 2)
            .AddSetting(Department.Packing, seconds: 4).AddSetting(Department.Shipping, seconds: 5);
        // Also where no department works: the staff may print a pick list once more.
        services.AddSingleton<NeighbourBook>().AddSingleton<Spool>().AddSingleton<IPrinter, SpoolPrinter>().AddSingleton<PickLists>();
        return services.AddSingleton<CurrentSettings>().AddSingleton<SettingsBell>().AddSingleton<DepartmentControls>().AddHostedService<ControlsFollower>();
    }

    /// <summary>All five departments, each at its queue.</summary>
    public static IServiceCollection AddDepartments(this IServiceCollection services)
    {
        services.AddSingleton<SimulatedWork>();
        services.AddSingleton<TaskRuns>().AddHostedService(provider => provider.GetRequiredService<TaskRuns>());
        services.AddSingleton<Summing>().AddHostedService(provider => provider.GetRequiredService<Summing>());
        services.AddHostedService<Rehearsal>();

        services.AddSingleton<ISalesSystem, SimulatedSalesSystem>();
        services.AddDepartment<SalesDepartment>();
        services.AddDepartment<MarketingDepartment>();
        services.AddDepartment<WarehouseDepartment>();
        services.AddDepartment<PackingDepartment>();
        services.AddDepartment<ShippingDepartment>();
        return services;
    }

    private static IServiceCollection AddSetting(this IServiceCollection services, Department name, double seconds)
    {
        services.AddOptions<DepartmentOptions>(name.ToString())
            .Configure(o => o.Duration = Duration.OfSeconds(seconds))
            .Configure<IConfiguration>((o, configuration) => Bind(o, configuration, name))
            .ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    private static void AddDepartment<T>(this IServiceCollection services) where T : class, IDepartment
    {
        services.AddSingleton<T>();
        services.AddSingleton<IBrokerStation>(provider => ActivatorUtilities.CreateInstance<DepartmentStation>(provider, provider.GetRequiredService<T>()));
    }

    private static void Bind(DepartmentOptions options, IConfiguration configuration, Department name)
    {
        var section = configuration.GetSection(DepartmentOptions.Section);
        if (section.GetChildren().FirstOrDefault(c => !Enum.TryParse<Department>(c.Key, ignoreCase: true, out _)) is { } unknown)
        {
            throw new OptionsValidationException(unknown.Key, typeof(DepartmentOptions),
                [$"{unknown.Path}: there is no such department; there are {string.Join(", ", OrderTerms.Departments)}."]);
        }

        section.GetSection(name.ToString()).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
    }

    private static QueueBinding Listen(Department department, params string[] topics) => new(Topology.QueueOf(department.Text()), topics);
}
