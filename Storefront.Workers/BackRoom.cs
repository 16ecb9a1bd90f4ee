using Microsoft.Extensions.DependencyInjection;
using Storefront.Auditing;
using Storefront.Catalog;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Departments.Mail;
using Storefront.Messaging;
using Storefront.Messaging.DeadLetters;
using Storefront.Messaging.Outbox;
using Storefront.Messaging.Queues;
using Storefront.Orders;
using Storefront.Orders.ByHand;

namespace Storefront;

/// <summary>Everything behind the counter, composed on one screen.</summary>
public static class BackRoom
{
    /// <summary>What every process of the shop needs: data, goods, orders, outbox, and how the departments are to work.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services)
    {
        FailPoint.Check();
        services.AddSingleton(TimeProvider.System);
        services.AddShopOptions<ShopOptions>(ShopOptions.Section).AddShopOptions<CatalogOptions>(CatalogOptions.Section);
        services.AddStoreData();
        services.AddSingleton<OpeningStock>().AddSingleton<StoreStart>().AddSingleton<GoodsNews>().AddSingleton<GoodsDesk>().AddSingleton<StockDesk>();
        services.AddSingleton<OutboxBell>().AddSingleton<OutboxTray>().AddSingleton<OutboxWriter>();
        services.AddSingleton<OrderNews>().AddSingleton<OrderReader>().AddSingleton<OrderOwners>().AddSingleton<ForecastReader>().AddSingleton<PlaceOrder>().AddSingleton<CancelOrder>().AddSingleton<OrderKeys>();
        services.AddSingleton<OrderChanges>().AddSingleton<RetryTask>().AddSingleton<ResolveTask>().AddSingleton<RemindTask>().AddSingleton<NoteOnOrder>();
        services.AddMetrics().AddSingleton<ShopMetrics>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<DeadLetterBox>().AddSingleton<DeadLetterDesk>().AddSingleton<DeadLetterReader>().AddSingleton<LetterHistory>();
        services.AddSingleton<RemoteBell>();
        services.AddShopOptions<WorkersOptions>(WorkersOptions.Section);
        return services.AddDepartmentSettings().AddMailSettings().AddMessaging();
    }

    /// <summary>The broker: relay, intake, departments, dead letters; all held up by one supervisor.</summary>
    private static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddShopOptions<BrokerOptions>(BrokerOptions.Section).AddShopOptions<MessagingOptions>(MessagingOptions.Section);
        services.AddSingleton<BrokerStatus>().AddSingleton<ConsumersStatus>().AddSingleton<RelayStatus>().AddSingleton<BrokerOutage>();
        services.AddSingleton<TopologyDeclaration>().AddSingleton<QueueConsumers>().AddSingleton<OutboxTable>().AddSingleton<UnwantedRows>().AddHostedService(provider => provider.GetRequiredService<IRelayLock>());
        services.AddSingleton<IBrokerStation, OutboxRelay>().AddSingleton<IBrokerStation, NewsExchange>().AddSingleton<IBrokerStation, BrokerPatrol>();
        services.AddSingleton<AmqpQueues>().AddSingleton<IBrokerStation>(provider => provider.GetRequiredService<AmqpQueues>());
        services.AddSingleton<IQueueSource>(provider => provider.GetRequiredService<AmqpQueues>());
        services.AddSingleton<IQueueSource>(provider => ActivatorUtilities.CreateInstance<ManagementQueues>(provider, ManagementQueues.NewClient())).AddSingleton<QueueReader>();
        foreach (var binding in DepartmentServices.Bindings)
        {
            services.AddSingleton(binding);
        }

        return services;
    }

    /// <summary>Those who work behind the counter.</summary>
    public static IServiceCollection AddBackRoom(this IServiceCollection services)
    {
        services.AddSingleton<GroupedChanges>().AddSingleton<TaskCommits>().AddSingleton<SweepCommits>().AddDepartments().AddMail();
        services.AddSingleton<IBrokerStation, Intake>().AddSingleton<IBrokerStation, DeadLetterDrain>().AddSingleton<IBrokerStation, Sweeper>();
        return services;
    }

    /// <summary>Last, so that it is the first to stop: consumers end before what they rely on.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services) => services.AddHostedService<BrokerSupervisor>();
}
