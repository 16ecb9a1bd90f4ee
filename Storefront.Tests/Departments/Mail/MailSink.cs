using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Storefront.Tests.Departments.Mail;

/// <summary>A real SMTP server on 127.0.0.1 that keeps what it is given, and refuses whom a test wants it to.</summary>
internal sealed class MailSink : MessageStore, IMailboxFilter, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<MimeMessage> _mails = new();
    private Task _serving = Task.CompletedTask;

    private MailSink(int port) => Port = port;

    public int Port { get; }

    /// <summary>What it answers to a recipient; null: it takes the mail.</summary>
    public Func<SmtpResponse?> Verdict { get; set; } = () => null;

    /// <summary>What it was given so far.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. _mails];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A port for one that is to open later.</summary>
    public static int FreePort() => PrivateBrokerPorts.FindFree(1)[0];

    public static Task<MailSink> OpenAsync() => OpenAsync(FreePort());

    /// <summary>It takes mail when this returns.</summary>
    /// <param name="port">Where.</param>
    /// <param name="endpoint">How connections are, where it matters.</param>
    /// <param name="accounts">Who may log in, if anybody.</param>
    public static async Task<MailSink> OpenAsync(int port, Action<EndpointDefinitionBuilder>? endpoint = null, IUserAuthenticator? accounts = null)
    {
        var sink = new MailSink(port);
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)sink);
        services.Add((IMailboxFilter)sink);
        if (accounts is not null)
        {
            services.Add(accounts);
        }

        var options = new SmtpServerOptionsBuilder().ServerName("sink").Endpoint(e =>
        {
            e.Endpoint(new IPEndPoint(IPAddress.Loopback, port));
            endpoint?.Invoke(e);
        }).Build();
        sink._serving = new SmtpServer.SmtpServer(options, services).StartAsync(sink._closing.Token);
        await Watching.UntilAsync("the mail server takes connections", async () =>
        {
            sink._serving.IsFaulted.ShouldBeFalse(sink._serving.Exception?.Message);
            try
            {
                using var line = new TcpClient();
                await line.ConnectAsync(IPAddress.Loopback, port, Cancellation);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }, Cancellation);
        return sink;
    }

    /// <summary>Waits until it has been given so many.</summary>
    public async Task<IReadOnlyList<MimeMessage>> ReceivesAsync(int count)
    {
        await Watching.UntilAsync($"{count} mails", () => Task.FromResult(_mails.Count >= count), Cancellation);
        return Mails;
    }

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        _mails.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Verdict() is { } refusal ? throw new SmtpResponseException(refusal) : Task.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }
}
