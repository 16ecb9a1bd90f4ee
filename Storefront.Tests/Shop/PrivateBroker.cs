using System.Diagnostics;

namespace Storefront.Tests.Shop;

/// <summary>
/// A real RabbitMQ node that belongs to one test or fixture: own ports, own cookie, own data, started from the installed package
/// in some four seconds. Disposing it, or the end of the test process by whatever cause, takes node, epmd and data away.
/// </summary>
public sealed class PrivateBroker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PrivateBrokerHome _home;
    private Process? _keeper;

    private PrivateBroker(PrivateBrokerHome home) => _home = home;

    /// <summary>Where to connect, as <c>guest</c>.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{Port}");

    /// <summary>The AMQP port; the same for the broker's whole life, outages included.</summary>
    public int Port => _home.Port;

    /// <summary>The management page and its HTTP API; answers only if the broker was started with management.</summary>
    public Uri ManagementUri => new($"http://127.0.0.1:{_home.ManagementPort}");

    /// <summary>The folder of the node's data and logs, for a test that wants to look at them.</summary>
    public string Folder => _home.Folder;

    /// <summary>A broker without plugins, which takes connections when the task completes.</summary>
    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or the node did not start; says why.</exception>
    public static Task<PrivateBroker> StartAsync(CancellationToken cancellationToken) => StartAsync(management: false, cancellationToken);

    /// <summary>As the other one; with <paramref name="management"/> the management plugin is on.</summary>
    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or the node did not start; says why.</exception>
    public static async Task<PrivateBroker> StartAsync(bool management, CancellationToken cancellationToken)
    {
        var broker = new PrivateBroker(PrivateBrokerHome.Create(management));
        try
        {
            await broker.StartAgainAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the node on the port and the data it had, after <see cref="StopAsync"/> or <see cref="Kill"/>.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or it did not start.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        if (_keeper is not null)
        {
            throw new InvalidOperationException("The broker runs already.");
        }

        _keeper = _home.StartNode();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await PrivateBrokerPorts.AnswersAsync(Port, bound.Token))
        {
            if (_keeper.HasExited)
            {
                throw new InvalidOperationException($"The private RabbitMQ node ended while starting. {_home.ReadConsole()}");
            }

            await ticks.WaitForNextTickAsync(bound.Token);
        }
    }

    /// <summary>An orderly stop, as an administrator would do it: connections are closed, everything is on disk.</summary>
    public Task StopAsync()
    {
        Signal("TERM");
        Signal("CONT"); // a frozen node could not obey
        return EndedAsync();
    }

    /// <summary><see cref="StopAsync"/>, then <see cref="StartAgainAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartAgainAsync(cancellationToken);
    }

    /// <summary>The node's sudden death (<c>kill -9</c>): connections are reset, what was not on disk is lost. Returns when it is dead.</summary>
    public void Kill()
    {
        using var keeper = MustRun();
        Signal("KILL");
        keeper.WaitForExit(Patience);
        _keeper = null;
    }

    /// <summary>Freezes the node: connections stay open and nobody answers, as in a network that swallows packets.</summary>
    public void PauseProcess() => Signal("STOP");

    /// <summary>Ends <see cref="PauseProcess"/>.</summary>
    public void Resume() => Signal("CONT");

    /// <summary><c>rabbitmqctl</c> for this node, with arguments as one would write them in a shell; answers what it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed; says what it printed.</exception>
    public Task<string> ControlAsync(string arguments, CancellationToken cancellationToken)
    {
        MustRun(); // rabbitmqctl would start an epmd for a node that is gone, and leave it
        return _home.RunAsync("rabbitmqctl", $"--quiet {arguments}", cancellationToken);
    }

    /// <summary>Ends node and epmd at once and deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await EndedAsync();
        }

        _home.Delete();
    }

    private Process MustRun() => _keeper ?? throw new InvalidOperationException("The broker does not run.");

    private void Signal(string name)
    {
        MustRun();
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {_home.ReadNodeId()}"]);
        kill.WaitForExit();
    }

    private async Task EndedAsync()
    {
        using var keeper = MustRun();
        using var bound = new CancellationTokenSource(Patience);
        await keeper.WaitForExitAsync(bound.Token);
        _keeper = null;
    }
}
