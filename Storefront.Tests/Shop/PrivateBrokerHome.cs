using System.Diagnostics;

namespace Storefront.Tests.Shop;

/// <summary>The folder, the ports and the environment of one <see cref="PrivateBroker"/>, and how RabbitMQ's programs are called in it.</summary>
internal sealed class PrivateBrokerHome
{
    /// <summary>
    /// Keeps epmd and the node, and ends with the node. When its standard input closes, because the broker was disposed or the
    /// test process is gone, it takes both down at once, and the folder with them. epmd must answer before the node starts:
    /// otherwise the node would start one of its own, which nobody takes down.
    /// </summary>
    private const string Keeper = """
        folder=$1 server=$2
        exec 3<&0 </dev/null >"$folder/console" 2>&1
        trap '' INT HUP
        epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" 3<&- & epmd=$!
        until epmd -port "$ERL_EPMD_PORT" -names >/dev/null 2>&1; do kill -0 $epmd || exit; sleep 0.02; done
        "$server" 3<&- & node=$!
        echo $node >"$folder/node.id"
        trap 'kill -9 $node; wait $node; kill $epmd; wait $epmd; rm -rf "$folder"; exit' USR1
        (read -r _ <&3; kill -USR1 $$) & guard=$!
        wait $node
        trap '' USR1
        kill $guard $epmd; wait
        """;

    private readonly string _programs = FindPrograms();
    private readonly int[] _ports = PrivateBrokerPorts.FindFree(4);

    private PrivateBrokerHome() => Folder = Directory.CreateTempSubdirectory("private-broker-").FullName;

    public string Folder { get; }

    public int Port => _ports[0];

    public int ManagementPort => _ports[1];

    public static PrivateBrokerHome Create(bool management)
    {
        var home = new PrivateBrokerHome();
        home.Write("rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{home.Port}
            {(management ? "" : "# ")}management.tcp.ip = 127.0.0.1
            {(management ? "" : "# ")}management.tcp.port = {home.ManagementPort}

            """);
        home.Write("enabled_plugins", management ? "[rabbitmq_management]." : "[].");
        home.Write("rabbitmq-env.conf", "");
        return home;
    }

    /// <summary>The keeper's process; its standard input is its lifeline.</summary>
    public Process StartNode()
    {
        var start = WithEnvironment(new("/bin/sh", ["-c", Keeper, "keeper", Folder, Path.Combine(_programs, "rabbitmq-server")]));
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    public string ReadNodeId() => File.ReadAllText(Path.Combine(Folder, "node.id")).Trim();

    public string ReadConsole() => File.ReadAllText(Path.Combine(Folder, "console"));

    public void Delete()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    public async Task<string> RunAsync(string program, string arguments, CancellationToken cancellationToken)
    {
        var start = WithEnvironment(new("/bin/sh", ["-c", $"exec \"$0\" {arguments}", Path.Combine(_programs, program)]));
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        await using var stop = cancellationToken.Register(process.Kill);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"{program} {arguments} failed: {await output} {await error}");
    }

    private ProcessStartInfo WithEnvironment(ProcessStartInfo start)
    {
        foreach (var foreign in start.Environment.Keys.Where(name => name.StartsWith("RABBITMQ_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(foreign);
        }

        start.Environment["PATH"] += ":/opt/homebrew/bin:/usr/local/bin"; // an IDE on macOS starts the tests without them
        start.Environment["HOME"] = Folder; // the node makes its Erlang cookie there
        start.Environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";
        start.Environment["ERL_EPMD_PORT"] = $"{_ports[2]}";
        start.Environment["RABBITMQ_DIST_PORT"] = $"{_ports[3]}";
        start.Environment["RABBITMQ_NODENAME"] = "private@localhost";
        start.Environment["RABBITMQ_MNESIA_BASE"] = Path.Combine(Folder, "data");
        start.Environment["RABBITMQ_LOG_BASE"] = Path.Combine(Folder, "logs");
        start.Environment["RABBITMQ_CONFIG_FILE"] = Path.Combine(Folder, "rabbitmq.conf");
        start.Environment["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(Folder, "rabbitmq-env.conf"); // not the machine's
        start.Environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Folder, "enabled_plugins");
        // +B i: Ctrl-C is the test process's, not the node's. The rest: nothing listens for other machines.
        // +sbw: its threads do not spin while they wait for work, on cores that it shares with all that is tested or measured.
        start.Environment["RABBITMQ_SERVER_START_ARGS"] = "+B i +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}";
        // A rabbitmqctl that outlives its node would start an epmd, and leave it.
        start.Environment["RABBITMQ_CTL_ERL_ARGS"] = "-start_epmd false";
        start.Environment["RUNNING_UNDER_SYSTEMD"] = "true"; // the start script becomes the node, instead of watching over it
        return start;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Debian's folder comes first: the programs on Debian's PATH are wrappers that switch to another user.</summary>
    private static string FindPrograms()
    {
        string[] folders = ["/usr/lib/rabbitmq/bin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/opt/homebrew/sbin", "/usr/local/sbin"];
        return Array.Find(folders, folder => File.Exists(Path.Combine(folder, "rabbitmq-server")))
            ?? throw new InvalidOperationException(
                "RabbitMQ is not installed; the tests need it: apt-get install rabbitmq-server (Debian, Ubuntu) or brew install rabbitmq (macOS).");
    }
}
