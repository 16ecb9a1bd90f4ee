using System.Diagnostics;
using Npgsql;

namespace Storefront.Tests.Shop;

/// <summary>
/// A real PostgreSQL server that belongs to one test or to the run: own port, own data, started from the installed package in some two seconds.
/// Disposing it, or the end of the test process by whatever cause, takes server and data away.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PrivatePostgresHome _home;
    private readonly Lazy<Task> _template;
    private Process? _keeper;
    private int _databases;

    private PrivatePostgres(PrivatePostgresHome home)
    {
        _home = home;
        _template = new(() => PrivatePostgresTemplate.MakeAsync(this));
    }

    /// <summary>The port; the same for the server's whole life, outages included.</summary>
    public int Port => _home.Port;

    /// <summary>The folder of the server's data and log.</summary>
    public string Folder => _home.Folder;

    /// <summary>A server that takes connections when the task completes.</summary>
    /// <param name="settings">What is written to its configuration, as <c>max_connections=10</c>; it syncs to disk unless told not to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or did not start; says why.</exception>
    public static async Task<PrivatePostgres> StartAsync(IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        var server = new PrivatePostgres(PrivatePostgresHome.Create(settings));
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to connect to a database of the server, as its owner.</summary>
    public string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username={PrivatePostgresHome.Owner}";

    /// <summary>Makes a database that a shop has migrated, without goods or orders.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        await _template.Value.WaitAsync(cancellationToken);
        var name = $"shop_{Interlocked.Increment(ref _databases)}";
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {PrivatePostgresTemplate.Name}", cancellationToken);
        return ConnectionTo(name);
    }

    /// <summary>Takes a database away, whoever is connected to it.</summary>
    public Task DropAsync(string connection, CancellationToken cancellationToken) =>
        RunAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)", cancellationToken);

    /// <summary>One statement, outside of any shop's database.</summary>
    public async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Starts the server on the port and the data it had, after <see cref="StopAsync"/> or <see cref="Kill"/>.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or it did not start.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        if (_keeper is not null)
        {
            throw new InvalidOperationException("The server runs already.");
        }

        _keeper = _home.StartServer();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await AnswersAsync(bound.Token))
        {
            if (_keeper.HasExited)
            {
                throw new InvalidOperationException($"The private PostgreSQL server ended while starting. {_home.ReadConsole()}");
            }

            await ticks.WaitForNextTickAsync(bound.Token);
        }
    }

    /// <summary>An orderly stop as an administrator would make it in a hurry (<c>pg_ctl stop -m fast</c>): connections are told and closed, everything is on disk.</summary>
    public Task StopAsync()
    {
        Signal("INT");
        return EndedAsync();
    }

    /// <summary>The sudden death (<c>kill -9</c>) of all of the server's processes at once: connections are reset, what was not on disk is lost.</summary>
    public void Kill()
    {
        using var keeper = MustRun();
        var server = _home.ReadServerId();
        // It must not notice the death of the first before the last is dead.
        Shell($"kill -STOP {server}; kill -9 $(pgrep -P {server}) {server}");
        keeper.WaitForExit(Patience);
        _keeper = null;
    }

    /// <summary>Ends the server at once and deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await EndedAsync();
        }

        _home.Delete();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private Process MustRun() => _keeper ?? throw new InvalidOperationException("The server does not run.");

    private void Signal(string name)
    {
        MustRun();
        Shell($"kill -{name} {_home.ReadServerId()}");
    }

    private static void Shell(string command)
    {
        using var shell = Process.Start("/bin/sh", ["-c", command]);
        shell.WaitForExit();
    }

    private async Task EndedAsync()
    {
        using var keeper = MustRun();
        using var bound = new CancellationTokenSource(Patience);
        await keeper.WaitForExitAsync(bound.Token);
        _keeper = null;
    }
}
