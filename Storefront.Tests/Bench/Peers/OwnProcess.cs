using System.Diagnostics;

namespace Storefront.Tests.Bench.Peers;

/// <summary>A program that is measured: its output goes to a file, and it ends when it is disposed of or when this process ends, by whatever cause.</summary>
internal sealed class OwnProcess : IAsyncDisposable
{
    /// <summary>Starts the program, tells its process id, and ends with it; kills it when the lifeline on standard input closes. Ctrl-C is not for it.</summary>
    private const string Keeper = """
        exec 3<&0 </dev/null 2>/dev/null
        trap '' INT
        log=$1; shift
        "$@" 3<&- >"$log" 2>&1 & program=$!
        echo $program
        (read -r _ <&3; kill -9 $program) >/dev/null 2>&1 & guard=$!
        wait $program
        kill $guard
        """;

    private readonly Process _keeper;
    private readonly string _log;

    private OwnProcess(Process keeper, string log, int id) => (_keeper, _log, Id) = (keeper, log, id);

    public int Id { get; }

    public bool HasEnded => _keeper.HasExited;

    /// <summary>What it wrote so far.</summary>
    public string Output => File.Exists(_log) ? File.ReadAllText(_log) : "";

    public static async Task<OwnProcess> StartAsync(string log, string folder, IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", log, .. command])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        var keeper = Process.Start(start)!;
        var id = await keeper.StandardOutput.ReadLineAsync(cancellationToken);
        return new(keeper, log, int.Parse(id!));
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
