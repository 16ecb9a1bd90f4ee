using Storefront.Departments.Mail;
using Storefront.Orders;
using Storefront.Orders.ByHand;
using Storefront.Web.BackOffice.Parts;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>What came of an action on an order, in words.</summary>
internal static class OutcomeWords
{
    public const string PackingBegan = "Packing has begun, so the order cannot be cancelled any more. Nothing was changed.";

    private const string NoOrder = "There is no such order any more.";

    public static ActOutcome Of(Cancelling outcome) => outcome switch
    {
        Cancelling.Cancelled => new("Cancelled. The rooms undo what they had begun."),
        Cancelling.Already => ActOutcome.Refused("The order was cancelled before."),
        Cancelling.TooLate => ActOutcome.Refused(PackingBegan),
        _ => ActOutcome.Refused(NoOrder),
    };

    /// <param name="outcome">How it ended.</param>
    /// <param name="done">What to say when it is done.</param>
    public static ActOutcome Of(Handling outcome, string done) => outcome switch
    {
        Handling.Done => new(done),
        Handling.Settled => ActOutcome.Refused("It is past that already: somebody, or the room itself, was quicker. Nothing was changed."),
        Handling.OnItsWay => ActOutcome.Refused("Its message is on its way already. Nothing was changed."),
        _ => ActOutcome.Refused(NoOrder),
    };

    public static ActOutcome Of(MailAgain outcome) => outcome switch
    {
        MailAgain.Sent => new("The mail is on its way."),
        MailAgain.OnItsWay => ActOutcome.Refused("The mail is on its way already. Nothing was changed."),
        MailAgain.Untrue => ActOutcome.Refused("What this mail says is not so any more, so it was not sent."),
        MailAgain.Off => ActOutcome.Refused("No mail server is set (Mail:Host), so nothing can be sent."),
        _ => ActOutcome.Refused("There is no such mail any more."),
    };
}
