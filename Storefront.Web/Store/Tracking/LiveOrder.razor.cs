using Microsoft.AspNetCore.Components;
using Storefront.Languages;
using Storefront.Orders;
using Storefront.Web.Live;

namespace Storefront.Web.Store.Tracking;

/// <summary>Shows an order and keeps it current until it is complete or the visitor leaves.</summary>
public sealed partial class LiveOrder(OrderFollower follower, TimeProvider time, ILogger<LiveOrder> log) : ComponentBase, IDisposable
{
    /// <summary>At most five renderings a second; what happens in between is in the next one.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _gone = new();
    private OrderSnapshot _order = null!;
    private string? _announcement;

    /// <summary>The order as the page was made with it: shown until there is news, so that nothing flickers.</summary>
    [Parameter, EditorRequired]
    public ShownOrder Initial { get; set; } = null!;

    /// <summary>Whether it is the order of the browser that asks, which may cancel it.</summary>
    [Parameter]
    public bool IsOwn { get; set; }

    /// <summary>Code of the language that the page speaks; the circuit does not know it otherwise.</summary>
    [Parameter, EditorRequired]
    public string Speaks { get; set; } = "";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized()
    {
        _order = Initial.Order;
        Words.Speak(Language.Find(Speaks) ?? Language.English);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        // Only once there is a circuit: prerendering ends before this.
        if (firstRender && OrderNumber.TryParse(Initial.Order.OrderNum, out var number))
        {
            _ = FollowAsync(number, _gone.Token);
        }
    }

    private async Task FollowAsync(OrderNumber number, CancellationToken gone)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (!gone.IsCancellationRequested)
        {
            try
            {
                await foreach (var order in follower.FollowAsync(number, gone))
                {
                    pause = TimeSpan.FromSeconds(1);
                    await InvokeAsync(() => Show(order));
                    await Task.Delay(Gap, time, gone);
                }

                return;
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not NoSuchOrderException)
            {
                // Whatever it was, the visitor still waits for news: they come as soon as they can be read again.
                Log.StreamBroke(log, number, pause, e);
                await Task.Delay(pause, time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private void Show(OrderSnapshot order)
    {
        if (order.Version > _order.Version)
        {
            _announcement = Words.News(_order, order) ?? (IsOwn && IsPastCancelling(_order, order) ? Words["cancel.too-late"] : _announcement);
            _order = order;
            StateHasChanged();
        }
    }

    /// <summary>It could be cancelled and cannot any more, because the goods are being packed.</summary>
    private static bool IsPastCancelling(OrderSnapshot before, OrderSnapshot now) =>
        before.CanBeCancelled && !now.CanBeCancelled && now.Status != OrderStatus.Cancelled;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Following order {Number} broke off; again in {Pause}")]
        public static partial void StreamBroke(ILogger log, OrderNumber number, TimeSpan pause, Exception e);
    }
}
