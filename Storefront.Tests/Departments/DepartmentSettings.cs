using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Data;
using Storefront.Departments;
using Storefront.Messaging;

namespace Storefront.Tests.Departments;

/// <summary>The departments with settings as they stand in appsettings.json, without the rest of the shop.</summary>
internal static class DepartmentSettings
{
    public static ServiceProvider Provide(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddShopOptions<MessagingOptions>(MessagingOptions.Section);
        services.AddDepartmentSettings().AddDepartments();
        return services.BuildServiceProvider();
    }
}
