using System.Text.Json;
using Storefront.Orders;

namespace Storefront.Web.Api;

/// <summary>The body of <c>POST /order</c> as far as it could be understood, and everything wrong with it, each fault under the name the client used.</summary>
internal sealed class OrderBody
{
    private const string Ids = "products_ids";
    private const string OtherIds = "product_ids";

    private readonly List<Fault> _illTyped = [];
    private readonly List<Fault> _impossible = [];
    private readonly string _idsField;

    public OrderBody(JsonElement json)
    {
        var body = new JsonFields(json, "", _illTyped);
        _idsField = body.Has(OtherIds) && !body.Has(Ids) ? OtherIds : Ids;
        if (body.Has(OtherIds) && body.Has(Ids))
        {
            _impossible.Add(new(OtherIds, $"stands beside {Ids}, and both name the products; send one of them."));
        }

        var customer = new Customer(body.Text("customer_name", required: true) ?? "", body.Text("email"), body.Text("note"))
        {
            Address = body.Object("address") is { } address
                ? new(Line(address, "street"), Line(address, "city"), Line(address, "postcode"), Line(address, "country"))
                : null,
        };
        Request = new(customer, OrderRequest.CountIds(IdsOf(body.WholeNumbers(_idsField))));
    }

    /// <summary>What was understood.</summary>
    public OrderRequest Request { get; }

    /// <summary>Whether something has the wrong type: then it is no order at all.</summary>
    public bool IsIllTyped => _illTyped.Count > 0;

    /// <summary>What only the body could tell, to be reported with what the order itself finds.</summary>
    public IReadOnlyList<Fault> Impossible => _impossible;

    /// <summary>Everything that can be told without the catalogue.</summary>
    public IEnumerable<Fault> AllFaults()
    {
        var told = _illTyped.Concat(_impossible).Select(f => f.Field).ToHashSet(StringComparer.Ordinal);
        return [.. _illTyped, .. _impossible, .. Named(Request.Tidy().Faults()).Where(f => !told.Contains(f.Field))];
    }

    /// <summary>The faults under the client's own spelling of the field.</summary>
    public IEnumerable<Fault> Named(IEnumerable<Fault> faults) => faults.Select(f => f.Field == Ids ? f with { Field = _idsField } : f);

    // What is missing is blank, and blank is found with the other things that make an order impossible.
    private static string Line(JsonFields address, string name) => address.Text(name, required: true) ?? "";

    private IEnumerable<int> IdsOf(IReadOnlyList<JsonElement> numbers)
    {
        foreach (var number in numbers)
        {
            if (number.GetDouble() is >= int.MinValue and <= int.MaxValue and var id)
            {
                yield return (int)id;
            }
            else
            {
                _impossible.Add(new(_idsField, $"there is no product {JsonFields.Short(number)}."));
            }
        }
    }
}
