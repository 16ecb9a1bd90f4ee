using System.Globalization;

namespace Storefront.Web.BackOffice.Pages.Orders;

/// <summary>
/// Conditions of a question, and the texts that stand in them. Numbers and terms of ours stand in it as they are: PostgreSQL plans anew for each then, instead of
/// once for a value it does not know, which may be rare or common.
/// </summary>
internal sealed class SqlConditions
{
    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _values = [];

    /// <summary>The conditions as they follow the table; nothing without any.</summary>
    public string Where => _conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", _conditions)}";

    /// <summary>The texts by their names.</summary>
    public (string Name, object? Value)[] Values => [.. _values];

    /// <summary>Adds a condition; null adds nothing.</summary>
    public SqlConditions Add(string? condition, params (string Name, object? Value)[] values)
    {
        if (condition is not null)
        {
            _conditions.Add(condition);
            _values.AddRange(values);
        }

        return this;
    }

    /// <summary>Adds conditions as they are asked of an order.</summary>
    public SqlConditions Add(IEnumerable<OrderCondition> asked)
    {
        foreach (var condition in asked)
        {
            Add(condition.Asked, condition.Values);
        }

        return this;
    }

    /// <summary>The same and: beyond a place.</summary>
    public SqlConditions Beyond(string key, OrderCursor? place, bool isDown) => place is not { } here ? this : Copy().Add(string.Create(CultureInfo.InvariantCulture,
        $"{key} {(isDown ? "<=" : ">=")} {here.Key} AND ({key} {(isDown ? '<' : '>')} {here.Key} OR o.id {(isDown ? '<' : '>')} {here.Id})"));

    /// <summary>The same and: no further than a place; null: to the end, in the same words, since the databases decide by the words.</summary>
    public SqlConditions UpTo(string key, OrderCursor? place, bool isDown)
    {
        var there = place ?? new(isDown ? -1 : long.MaxValue, 0);
        return Copy().Add(string.Create(CultureInfo.InvariantCulture,
            $"{key} {(isDown ? ">=" : "<=")} {there.Key} AND ({key} {(isDown ? '>' : '<')} {there.Key} OR o.id {(isDown ? ">=" : "<=")} {there.Id})"));
    }

    private SqlConditions Copy()
    {
        var copy = new SqlConditions();
        copy._conditions.AddRange(_conditions);
        copy._values.AddRange(_values);
        return copy;
    }
}
