using System.Diagnostics;
using System.Globalization;

namespace Storefront.Tests.Shop;

/// <summary>The folder and the port of one <see cref="PrivatePostgres"/>, and how PostgreSQL's programs are called in it.</summary>
internal sealed class PrivatePostgresHome
{
    /// <summary>Who owns the server's databases; comes in without a password.</summary>
    public const string Owner = "storefront";

    /// <summary>Somebody whom the server asks for a password.</summary>
    public const string Stranger = "stranger";

    /// <summary>
    /// Makes the data folder the first time; keeps the server, and ends with it. When its standard input closes, because the server was disposed of or
    /// the test process is gone, it takes the server down at once, and the folder with it. PostgreSQL refuses to run as root: then another user does.
    /// </summary>
    private const string Keeper = """
        folder=$1 programs=$2
        exec 3<&0 </dev/null >>"$folder/console" 2>&1
        trap '' INT HUP TERM
        as=
        if [ "$(id -u)" = 0 ]; then
          user=nobody
          id postgres >/dev/null 2>&1 && user=postgres
          as="setpriv --reuid=$user --regid=$(id -g $user) --clear-groups"
          chown "$user" "$folder"
        fi
        cd "$folder" || exit
        if [ ! -d data ]; then
          $as "$programs/initdb" -D data --username=storefront --auth=trust --encoding=UTF8 --locale=C --no-sync 3<&- || exit
          cat settings >>data/postgresql.conf
          printf 'host all stranger 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n' >data/pg_hba.conf
        fi
        $as "$programs/postgres" -D data 3<&- & server=$!
        echo $server >server.id
        trap 'kill -QUIT $server; wait $server; rm -rf "$folder"; exit' USR1
        (read -r _ <&3; kill -USR1 $$) & guard=$!
        wait $server
        trap '' USR1
        kill -9 $guard; wait
        """;

    private static readonly string[] Cellars = ["/opt/homebrew/opt", "/usr/local/opt"];

    private readonly string _programs = FindPrograms();

    private PrivatePostgresHome() => Folder = Directory.CreateTempSubdirectory("private-postgres-").FullName;

    public string Folder { get; }

    public int Port { get; } = PrivateBrokerPorts.FindFree(1)[0];

    public static PrivatePostgresHome Create(IEnumerable<string> settings)
    {
        var home = new PrivatePostgresHome();
        string[] own = ["listen_addresses='127.0.0.1'", $"port={home.Port}", "unix_socket_directories=''", "shared_buffers=64MB", "max_connections=300"];
        File.WriteAllLines(Path.Combine(home.Folder, "settings"), own.Concat(settings));
        return home;
    }

    /// <summary>The keeper's process; its standard input is its lifeline.</summary>
    public Process StartServer() =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Keeper, "keeper", Folder, _programs]) { RedirectStandardInput = true, UseShellExecute = false })!;

    public string ReadServerId() => File.ReadAllText(Path.Combine(Folder, "server.id")).Trim();

    public string ReadConsole() => File.ReadAllText(Path.Combine(Folder, "console"));

    public void Delete()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Debian keeps them off the PATH, a folder for each version; of several, the newest.</summary>
    private static string FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(v => int.TryParse(Path.GetFileName(v), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0).Select(v => Path.Combine(v, "bin"))
            : [];
        var brew = Cellars.Where(Directory.Exists).SelectMany(opt => Directory.GetDirectories(opt, "postgresql*")).Select(p => Path.Combine(p, "bin"));
        string[] folders = [.. debian, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), .. brew.OrderDescending(StringComparer.Ordinal)];
        return Array.Find(folders, folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            ?? throw new InvalidOperationException(
                "PostgreSQL is not installed; the tests need it: apt-get install postgresql (Debian, Ubuntu) or brew install postgresql@16 (macOS).");
    }
}
