using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using MimeKit;
using SmtpServer.Authentication;
using Storefront.Departments.Mail;

namespace Storefront.Tests.Departments.Mail;

/// <summary>Accounts and private lines, with a real server at the other end.</summary>
public sealed class Handing_mail_to_the_server
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_an_account_proves_who_it_is()
    {
        await using var sink = await OpenAsync();

        await SendAsync(sink, options => (options.User, options.Password) = ("shop", "carrots"));

        sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_a_wrong_password_is_told_so_and_may_try_again_once_that_is_put_right()
    {
        await using var sink = await OpenAsync();

        var fault = await Should.ThrowAsync<MailFailedException>(() => SendAsync(sink, options => (options.User, options.Password) = ("shop", "turnips")));

        fault.Message.ShouldStartWith("The mail server refused Mail:User and Mail:Password: ");
        fault.Message.ShouldNotContain("turnips");
        fault.IsFinal.ShouldBeFalse();
        sink.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MailSecurity.Tls)]
    [InlineData(MailSecurity.StartTls)]
    public async Task Trusts_no_certificate_that_nobody_vouches_for(MailSecurity security)
    {
        await using var sink = await OpenAsync(security);

        var fault = await Should.ThrowAsync<MailFailedException>(() => SendAsync(sink, options => options.Security = security));

        fault.Message.ShouldStartWith("The line to the mail server cannot be made private: ");
        fault.IsFinal.ShouldBeFalse();
        sink.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Does_not_go_on_in_plain_where_the_line_was_to_be_private()
    {
        await using var sink = await OpenAsync();

        var fault = await Should.ThrowAsync<MailFailedException>(() => SendAsync(sink, options => options.Security = MailSecurity.StartTls));

        fault.Message.ShouldContain("STARTTLS");
        sink.Mails.ShouldBeEmpty();
    }

    private static Task SendAsync(MailSink sink, Action<MailOptions> set)
    {
        var options = new MailOptions { Host = "127.0.0.1", Port = sink.Port, Security = MailSecurity.None, From = "orders@hopwick.example" };
        set(options);
        var mail = new MimeMessage([new MailboxAddress("Hopwick", options.From)], [new MailboxAddress("Helgi", MailShop.Address)], "Carrots", new TextPart("plain") { Text = "Here they are." });
        return new MailServer(Options.Create(options)).SendAsync(mail, Cancellation);
    }

    private static Task<MailSink> OpenAsync(MailSecurity security = MailSecurity.None) => MailSink.OpenAsync(MailSink.FreePort(), endpoint =>
    {
        endpoint.AllowUnsecureAuthentication();
        if (security != MailSecurity.None)
        {
            endpoint.Certificate(SelfMade()).IsSecure(security == MailSecurity.Tls);
        }
    }, new DelegatingUserAuthenticator((user, password) => (user, password) == ("shop", "carrots")));

    private static X509Certificate2 SelfMade()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
