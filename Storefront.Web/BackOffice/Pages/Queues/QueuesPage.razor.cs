using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Storefront.Messaging.Queues;
using Storefront.Web.BackOffice.Feed;

namespace Storefront.Web.BackOffice.Pages.Queues;

/// <summary>What lies in the queues, what is kept back, and how the rooms work; followed for as long as the page is open.</summary>
public sealed partial class QueuesPage(QueueReader queues, Backlog backlog) : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private BrokerFigures? _broker;
    private BacklogView? _backlog;
    private bool _isLive;
    private bool _isReading;

    /// <summary>From the layout, new at every tick.</summary>
    [CascadingParameter] public OfficeNumbers? Numbers { get; set; }

    private string Source => _broker?.Source switch
    {
        FiguresSource.Management => "From RabbitMQ's management API",
        FiguresSource.Amqp => "From the broker itself, by AMQP",
        _ => "The broker cannot be asked",
    };

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => _isLive ? ReadAsync() : Task.CompletedTask;

    // Not while it is prerendered: nobody is to wait for a page because the broker does not answer.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _isLive = true;
            await ReadAsync();
            StateHasChanged();
        }
    }

    private async Task ReadAsync()
    {
        if (_isReading)
        {
            return;
        }

        _isReading = true;
        try
        {
            _broker = await queues.NowAsync(_leaving.Token);
            _backlog = await backlog.ReadAsync(_leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (DbException)
        {
            // The strip above says how the database is; the next tick tries again.
        }
        finally
        {
            _isReading = false;
        }
    }
}
