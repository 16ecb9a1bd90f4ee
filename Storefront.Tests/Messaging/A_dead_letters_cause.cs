using Storefront.Messaging.DeadLetters;

namespace Storefront.Tests.Messaging;

/// <summary>Letters that died of the same are one group, whatever order or byte it was about.</summary>
public sealed class A_dead_letters_cause
{
    [Theory]
    [InlineData("There is no order 7Q4M-X0ZB-K2TD.", "There is no order ….")]
    [InlineData("The body is not JSON in UTF-8: '0xFF' is invalid. LineNumber: 0 | BytePositionInLine: 11.", "The body is not JSON in UTF-8: … is invalid. LineNumber: … | BytePositionInLine: ….")]
    [InlineData("Sold out: \"Moth Notebook\" (3 wanted, 0 left)", "Sold out: … (… wanted, … left)")]
    [InlineData("The sales system did not answer.", "The sales system did not answer.")]
    public void Leaves_out_what_differs_from_message_to_message(string reason, string cause) => DeadLetterBox.CauseOf(reason).ShouldBe(cause);

    [Fact]
    public void Is_not_longer_than_200_characters() => DeadLetterBox.CauseOf(new string('x', 1000)).Length.ShouldBe(200);
}
