using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Data;
using Storefront.Departments.Mail.Paper;
using Storefront.Messaging;

namespace Storefront.Departments.Mail;

/// <summary>The customers' mail: no step of an order's life, so no department of the five, but it works like one.</summary>
public static class MailServices
{
    /// <summary>Whether mail is written and by which server it goes, and the queue for it, which every process knows.</summary>
    public static IServiceCollection AddMailSettings(this IServiceCollection services)
    {
        services.AddShopOptions<MailOptions>(MailOptions.Section).AddSingleton<MailServer>().AddSingleton<ResendMail>();
        return services.AddSingleton(provider => new QueueBinding(MailStation.Queue, MailKinds.Topics) { IsUsed = provider.GetRequiredService<IOptions<MailOptions>>().Value.IsOn });
    }

    /// <summary>Those who write it.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MailCommits>().AddSingleton<MailOrders>().AddSingleton<MailWriter>();
        services.AddSingleton<MailRuns>().AddHostedService(provider => provider.GetRequiredService<MailRuns>());
        return services.AddSingleton<IBrokerStation, MailStation>();
    }
}
