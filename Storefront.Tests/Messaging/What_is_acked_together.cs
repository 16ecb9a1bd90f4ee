using CsCheck;
using Storefront.Messaging;

namespace Storefront.Tests.Messaging;

public sealed class What_is_acked_together
{
    [Fact]
    public void Is_all_up_to_the_first_message_in_hand_and_one_by_one_what_is_behind_it()
    {
        var book = new AckBook();
        Add(book, 1, 2, 3, 5, 7);
        book.Take().ShouldBe([(3UL, true), (5UL, false), (7UL, false)]);

        Add(book, 4, 6);
        book.Take().ShouldBe([(6UL, true)]);

        Add(book, 8);
        book.Take().ShouldBe([(8UL, false)]);
        book.Take().ShouldBeEmpty();
    }

    /// <summary>Whatever order messages are dealt with in, and however many at a time: a broker that forgets what is acked never finds a tag it does not know, and in the end knows none.</summary>
    [Fact]
    public void Is_acked_once_in_whatever_order_it_is_dealt_with() =>
        Gen.Select(Gen.Shuffle(Enumerable.Range(1, 60).Select(i => (ulong)i).ToArray()), Gen.Int[1, 7]).Sample((tags, atOnce) =>
        {
            var (book, unacked) = (new AckBook(), new SortedSet<ulong>(tags));
            foreach (var done in tags.Chunk(atOnce))
            {
                Add(book, done);
                foreach (var (tag, multiple) in book.Take())
                {
                    unacked.Contains(tag).ShouldBeTrue($"{tag} is known to the broker");
                    unacked.RemoveWhere(t => multiple ? t <= tag : t == tag);
                }

                unacked.ShouldBe(tags.SkipWhile(t => t != done[^1]).Skip(1).Order());
            }
        });

    private static void Add(AckBook book, params ulong[] tags)
    {
        foreach (var tag in tags)
        {
            book.Add(tag);
        }
    }
}
