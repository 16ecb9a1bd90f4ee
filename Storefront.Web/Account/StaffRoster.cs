using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Storefront.Web.Account.Data;

namespace Storefront.Web.Account;

/// <summary>How a member of the staff stands: what a session has to agree with. The stamp changes with everything that ends their sessions.</summary>
public sealed record StaffStanding(string Name, StaffRole Role, bool IsActive, string Stamp);

/// <summary>
/// How the members stand now. What was read counts for <see cref="Freshness"/>, so that a page full of requests asks the database once; what this process changes counts at once,
/// and what another one changes after that time at most.
/// </summary>
public sealed class StaffRoster(IServiceScopeFactory scopes, TimeProvider time)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Guid, Seen> _seen = new();
    private long _changes;

    /// <summary>For open pages: a member was changed. Handlers must only note it and return.</summary>
    public event EventHandler<MemberChangedEventArgs>? Changed;

    /// <summary>How a member stands; null: there is no such member. While the database is away, what was known last counts.</summary>
    public async ValueTask<StaffStanding?> OfAsync(Guid member, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(member, out var seen) && time.GetUtcNow() - seen.At < Freshness)
        {
            return seen.Standing;
        }

        var before = Interlocked.Read(ref _changes);
        StaffStanding? standing;
        try
        {
            standing = await ReadAsync(member, cancellationToken);
        }
        catch (DbException)
        {
            // The office has a page that says so; nothing can be changed meanwhile.
            standing = seen?.Standing;
        }

        lock (_lock)
        {
            if (before == _changes)
            {
                _seen[member] = new(standing, time.GetUtcNow());
            }
        }

        return standing;
    }

    /// <summary>Says that a member was changed: what is known of them is forgotten, and their open pages look again.</summary>
    public void Tell(Guid member)
    {
        lock (_lock)
        {
            _changes++;
            _seen.TryRemove(member, out _);
        }

        Changed?.Invoke(this, new(member));
    }

    private async Task<StaffStanding?> ReadAsync(Guid member, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffDb>().Users.AsNoTracking().Where(m => m.Id == member)
            .Select(m => new StaffStanding(m.UserName!, m.Role, m.IsActive, m.SecurityStamp!)).SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Seen(StaffStanding? Standing, DateTimeOffset At);
}

/// <summary>The id of a member who was changed.</summary>
public sealed class MemberChangedEventArgs(Guid member) : EventArgs
{
    public Guid Member => member;
}
