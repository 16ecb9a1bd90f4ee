using Storefront.Data;

namespace Storefront.Orders;

/// <summary>Asks for what a change needs besides its order, and gives the change.</summary>
internal delegate Task<MakeChange<T>> BeginChange<T>(StoreDb db, CancellationToken cancellationToken);

/// <summary>Changes the order, null when there is none; says whether it has, and what came of it. If not, it has touched nothing: others may change the order in the same unit of work.</summary>
internal delegate Task<(bool IsChange, T Result)> MakeChange<T>(Order? order, CancellationToken cancellationToken);

/// <summary>A change of an order on its way (<see cref="GroupedChanges"/>).</summary>
internal abstract class OrderChange(OrderNumber number, CancellationToken cancellation)
{
    public OrderNumber Number => number;

    public CancellationToken Cancellation => cancellation;

    public abstract Task BeginAsync(StoreDb db, CancellationToken cancellationToken);

    public abstract Task<bool> MakeAsync(Order? order, CancellationToken cancellationToken);

    /// <summary>It is durable.</summary>
    public abstract void End();

    /// <summary>Nothing of it remains.</summary>
    public abstract void Fail(Exception fault);
}

/// <summary>The same with what it results in.</summary>
internal sealed class OrderChange<T>(OrderNumber number, BeginChange<T> begin, CancellationToken cancellation) : OrderChange(number, cancellation)
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MakeChange<T>? _make;
    private T _result = default!;

    public Task<T> Outcome => _outcome.Task;

    public override async Task BeginAsync(StoreDb db, CancellationToken cancellationToken) => _make = await begin(db, cancellationToken);

    public override async Task<bool> MakeAsync(Order? order, CancellationToken cancellationToken)
    {
        (var isChange, _result) = await _make!(order, cancellationToken);
        return isChange;
    }

    public override void End() => _outcome.TrySetResult(_result);

    public override void Fail(Exception fault)
    {
        if (fault is OperationCanceledException)
        {
            _outcome.TrySetCanceled(Cancellation);
        }
        else
        {
            _outcome.TrySetException(fault);
        }
    }
}
