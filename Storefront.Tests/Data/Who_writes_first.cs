using Storefront.Data;
using Storefront.Data.Sqlite;

namespace Storefront.Tests.Data;

public sealed class Who_writes_first
{
    [Fact]
    public void Is_the_customer_and_now_and_then_the_back_room()
    {
        using var waiting = new WaitingUnits();
        Fill(waiting, Turn.BackRoom, 10);
        Fill(waiting, Turn.Customer, 10);

        var turns = Enumerable.Range(0, 10).Select(_ => waiting.Take()!.Turn).ToList();

        turns.Count(t => t == Turn.BackRoom).ShouldBe(10 / WaitingUnits.Share);
        turns.Take(WaitingUnits.Share - 1).ShouldAllBe(t => t == Turn.Customer);
    }

    [Fact]
    public void Is_whoever_waits()
    {
        using var waiting = new WaitingUnits();
        Fill(waiting, Turn.BackRoom, 10);
        Enumerable.Range(0, 10).Select(_ => waiting.Take()!.Turn).ShouldAllBe(t => t == Turn.BackRoom);

        Fill(waiting, Turn.Customer, 10);
        Enumerable.Range(0, 10).Select(_ => waiting.Take()!.Turn).ShouldAllBe(t => t == Turn.Customer);
        waiting.TryTake(out _).ShouldBeFalse();
    }

    [Fact]
    public void Is_still_served_after_the_closing()
    {
        using var waiting = new WaitingUnits();
        Fill(waiting, Turn.BackRoom, 1);
        Fill(waiting, Turn.Customer, 1);
        waiting.Close();

        waiting.Take().ShouldNotBeNull();
        waiting.Take().ShouldNotBeNull();
        waiting.TryTake(out _).ShouldBeFalse();
        waiting.Take().ShouldBeNull();
        Should.Throw<ObjectDisposedException>(() => Fill(waiting, Turn.Customer, 1));
    }

    private static void Fill(WaitingUnits waiting, Turn turn, int count)
    {
        for (var i = 0; i < count; i++)
        {
            waiting.Add(new Idle(turn));
        }
    }

    private sealed class Idle(Turn turn) : LaneUnit(turn)
    {
        public override bool Run(StoreDb db) => true;

        public override void End()
        {
        }
    }
}
