using System.Diagnostics;

namespace Storefront.Tests.Messaging;

/// <summary>A program of somebody else in another language: Python with pika, as in RabbitMQ's tutorial.</summary>
internal static class Pika
{
    private const string Opening = """
        import json, sys, pika
        connection = pika.BlockingConnection(pika.URLParameters(sys.argv[1]))
        channel = connection.channel()

        """;

    /// <summary>Runs lines that use <c>channel</c>, then closes the connection; gives what they print.</summary>
    /// <exception cref="InvalidOperationException">Python or pika is missing, or the lines failed; says what was printed.</exception>
    public static async Task<string> RunAsync(Uri broker, string lines)
    {
        const string python = "/usr/bin/python3";
        File.Exists(python).ShouldBeTrue("Python with pika is needed as a client in another language: apt-get install python3-pika");
        var start = new ProcessStartInfo(python, ["-c", Opening + lines + "\nconnection.close()\n", broker.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"The Python program failed (if pika is missing: apt-get install python3-pika): {await error}");
    }
}
