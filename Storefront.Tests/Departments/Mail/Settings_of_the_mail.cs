using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Storefront.Departments.Mail;

namespace Storefront.Tests.Departments.Mail;

/// <summary>Section <c>Mail</c>: what is wrong with it is said when the shop starts, with what would be right.</summary>
public sealed class Settings_of_the_mail
{
    private static readonly (string Key, string Value)[] Right =
        [("Host", "smtp.example.com"), ("From", "orders@hopwick.example"), ("PublicAddress", "https://hopwick.example")];

    [Fact]
    public void May_be_empty_which_means_no_mail() => Read().IsOn.ShouldBeFalse();

    [Fact]
    public void Are_few() => (Read(Right).IsOn, Read(Right).PortInUse, Read(Right).Security).ShouldBe((true, 587, MailSecurity.StartTls));

    [Fact]
    public void May_stay_when_the_server_is_taken_away() => Read([.. Right.Skip(1), ("User", "shop"), ("Password", "secret")]).IsOn.ShouldBeFalse();

    [Theory]
    [InlineData("None", 25)]
    [InlineData("starttls", 587)]
    [InlineData("Tls", 465)]
    public void Have_the_port_that_goes_with_the_security(string security, int port) => Read([.. Right, ("Security", security)]).PortInUse.ShouldBe(port);

    [Theory]
    [InlineData("Host", "smtp.example.com:587", "Mail:Host must be the name or address of a mail server, such as smtp.example.com (its port goes into Mail:Port); it is 'smtp.example.com:587'.")]
    [InlineData("Host", "smtp://mail", "Mail:Host must be the name or address")]
    [InlineData("Port", "0", "Mail:Port must be between 1 and 65535.")]
    [InlineData("Port", "smtp", "Mail:Port must be a whole number; it is 'smtp'.")]
    [InlineData("Security", "Ssl", "Mail:Security must be one of None, StartTls, Tls; it is 'Ssl'.")]
    [InlineData("From", "", "Mail:From must be the address that mail comes from, such as orders@hopwick.example; it is empty.")]
    [InlineData("From", "orders", "it is 'orders'.")]
    [InlineData("From", "Hopwick <orders@hopwick.example>", "Mail:From must be the address")]
    [InlineData("FromName", "a\r\nBcc: everybody@example.com", "Mail:FromName must not have control characters.")]
    [InlineData("PublicAddress", "", "Mail:PublicAddress must be the address at which customers reach the shop, such as https://hopwick.example, without a query; it is empty.")]
    [InlineData("PublicAddress", "hopwick.example", "it is 'hopwick.example'.")]
    [InlineData("PublicAddress", "ftp://hopwick.example", "it is 'ftp://hopwick.example'.")]
    [InlineData("PublicAddress", "https://hopwick.example/?x=1", "without a query")]
    [InlineData("User", "shop", "Mail:User and Mail:Password belong together")]
    [InlineData("Password", "secret", "Mail:User and Mail:Password belong together")]
    [InlineData("Concurrency", "0", "Mail:Concurrency must be between 1 and 32.")]
    [InlineData("Server", "x", "Mail:Server is not a setting; check its spelling.")]
    public void That_are_wrong_are_named_with_what_would_be_right(string key, string value, string line)
    {
        var fault = Should.Throw<Exception>(() => Read([.. Right, (key, value)]));

        StartFault.Explain(fault).ShouldNotBeNull().ShouldContain(line);
        StartFault.Explain(fault)!.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("smtp.example.com", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    public void Send_no_password_in_plain_across_a_network(string host, bool isFine)
    {
        (string, string)[] settings = [.. Right, ("Host", host), ("User", "shop"), ("Password", "secret"), ("Security", "None")];
        if (isFine)
        {
            Read(settings).IsOn.ShouldBeTrue();
        }
        else
        {
            StartFault.Explain(Should.Throw<OptionsValidationException>(() => Read(settings))).ShouldNotBeNull()
                .ShouldBe("Mail:Security must be StartTls or Tls: with None, Mail:Password would be sent for everybody on the way to read.");
        }
    }

    private static MailOptions Read(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in settings)
        {
            values[$"Mail:{key}"] = value;
        }

        using var provider = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).AddMailSettings().BuildServiceProvider();
        return provider.GetRequiredService<IOptions<MailOptions>>().Value;
    }
}
