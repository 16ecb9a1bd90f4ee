using System.CommandLine;
using System.CommandLine.Parsing;

namespace Storefront.Letters;

/// <summary>How the command line says which letters are meant: one by its number, a group by the number of any letter in it, or all.</summary>
internal sealed record Which(long? Id, long? GroupOf)
{
    public static readonly Argument<long?> One = new("ID")
    {
        Description = "The letter's number",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Number(result, "ID"),
    };

    public static readonly Argument<long> TheOne = new("ID")
    {
        Description = "The letter's number",
        CustomParser = result => Number(result, "ID") ?? 0,
    };

    public static readonly Option<long?> Group = new("--group")
    {
        Description = "The group's number, or that of any letter in it: all of the same cause at the same queue",
        HelpName = "N",
        CustomParser = result => Number(result, "--group"),
    };

    public static readonly Option<bool> All = new("--all") { Description = "All that wait" };

    /// <summary>What a parsed command means; neither number: all.</summary>
    public static Which Of(ParseResult parsed) => new(parsed.GetValue(One), parsed.GetValue(Group));

    /// <summary>Demands one way of saying it: a forgotten one must not mean all, two must not mean a guess.</summary>
    public static void ExactlyOne(CommandResult command)
    {
        var ways = new[] { command.GetResult(One) is { Tokens.Count: > 0 }, command.GetResult(Group) is not null, command.GetValue(All) }.Count(given => given);
        if (ways != 1)
        {
            command.AddError($"Say which letters, in {(ways == 0 ? "one" : "only one")} of these ways: an ID, --group N, or --all.");
        }
    }

    private static long? Number(ArgumentResult result, string name) => long.TryParse(result.Tokens[0].Value, out var number) && number > 0
        ? number
        : WorkersProgram.Refuse<long?>(result, $"{name} must be a number of 1 or more, as 'letters list' shows it; it is '{result.Tokens[0].Value}'.");
}
