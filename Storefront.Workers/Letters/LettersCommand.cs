using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Messaging.DeadLetters;

namespace Storefront.Letters;

/// <summary><c>letters</c>: the dead letters on the command line; list, show, replay, discard. Works while the shop runs and while it does not.</summary>
internal static class LettersCommand
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The shop's data folder; without it, or on PostgreSQL, as the environment says (Database__Provider, ConnectionStrings__Store, Data__Folder), else .data",
        Recursive = true,
    };

    private static readonly Option<DeadLetterState> State = new("--state")
    {
        Description = "waiting, replayed or discarded",
        DefaultValueFactory = _ => DeadLetterState.Waiting,
        CustomParser = result => Enum.TryParse<DeadLetterState>(result.Tokens[0].Value, ignoreCase: true, out var state) && Enum.IsDefined(state)
            ? state : WorkersProgram.Refuse<DeadLetterState>(result, "--state must be waiting, replayed or discarded."),
    };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who decides; without it, your user name",
        DefaultValueFactory = _ => Environment.UserName,
        CustomParser = result => DeadLetterDesk.FaultOfName(result.Tokens[0].Value) is { } fault
            ? WorkersProgram.Refuse<string>(result, $"--by: {fault}") : result.Tokens[0].Value,
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why nobody will miss them",
        Required = true,
        CustomParser = result => DeadLetterDesk.FaultOfReason(result.Tokens[0].Value) is { } fault
            ? WorkersProgram.Refuse<string>(result, $"--reason: {fault}") : result.Tokens[0].Value,
    };

    /// <summary>The command with its subcommands.</summary>
    /// <param name="broker">The option that says where the broker is.</param>
    public static Command Build(Option<Uri> broker)
    {
        var list = new Command("list", "Dead letters by queue and cause, or those of one group") { Which.Group, State };
        list.SetAction((parsed, ct) => RunAsync(parsed, broker, (_, print) => print.ListAsync(parsed.GetValue(Which.Group), parsed.GetValue(State), ct), ct));

        var show = new Command("show", "One letter with its body, headers, exception and history") { Which.TheOne };
        show.SetAction((parsed, ct) => RunAsync(parsed, broker, (_, print) => print.ShowAsync(parsed.GetValue(Which.TheOne), ct), ct));

        var replay = new Command("replay", "Send letters again, to the queue that gave them up alone") { Which.One, Which.Group, Which.All, By, broker };
        replay.SetAction((parsed, ct) => RunAsync(parsed, broker, (shop, _) => Decide(shop).ReplayAsync(Which.Of(parsed), parsed.GetRequiredValue(By), ct), ct));

        var discard = new Command("discard", "Put letters away for good") { Which.One, Which.Group, Which.All, Reason, By };
        discard.SetAction((parsed, ct) => RunAsync(parsed, broker,
            (shop, _) => Decide(shop).DiscardAsync(Which.Of(parsed), parsed.GetRequiredValue(By), parsed.GetRequiredValue(Reason), ct), ct));

        foreach (var deciding in new[] { replay, discard })
        {
            deciding.Validators.Add(Which.ExactlyOne);
        }

        return new("letters", "Look at dead letters, replay or discard them") { list, show, replay, discard, Data };
    }

    private static LetterDecisions Decide(IServiceProvider shop) => ActivatorUtilities.CreateInstance<LetterDecisions>(shop, Console.Out);

    /// <summary>The exit code: 0, or 1 with what is wrong on standard error.</summary>
    private static async Task<int> RunAsync(ParseResult parsed, Option<Uri> broker, Func<IServiceProvider, LetterPrint, Task<string?>> run, CancellationToken cancellationToken)
    {
        string? fault;
        try
        {
            await using var shop = await ShopAtHand.OpenAsync(parsed.GetValue(Data), parsed.GetValue(broker), cancellationToken);
            fault = await run(shop, ActivatorUtilities.CreateInstance<LetterPrint>(shop, Console.Out));
        }
        catch (DbException e)
        {
            fault = $"the shop's database cannot be used: {e.Message}";
        }
        catch (Exception e) when (StartFault.Explain(e) is { } explained)
        {
            fault = explained;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            fault = "stopped; what was done up to then stands.";
        }

        if (fault is null)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"letters: {fault}");
        return 1;
    }
}
