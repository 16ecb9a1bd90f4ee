using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Storefront.Orders;

namespace Storefront.Web.Store.Tracking;

/// <summary>What the page that is made knows of an order, and hands over to its live part.</summary>
/// <param name="Order">As it was then.</param>
/// <param name="Names">What its goods are called in the page's language, by product id, where that is not what the order says.</param>
/// <param name="Usual">How long orders usually take.</param>
[JsonConverter(typeof(PackedOrder))]
public sealed record ShownOrder(OrderSnapshot Order, IReadOnlyDictionary<int, string> Names, Forecast Usual);

/// <summary>
/// A shown order as Blazor writes it into the page, for the circuit to come: encrypted, where no compression of the page finds anything to save, so it is packed before.
/// (What is unpacked is of the shop's own making: nobody else can encrypt it.)
/// </summary>
internal sealed class PackedOrder : JsonConverter<ShownOrder>
{
    public override ShownOrder Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var packed = new MemoryStream(reader.GetBytesFromBase64());
        using var plain = new BrotliStream(packed, CompressionMode.Decompress);
        var (order, names, usual) = JsonSerializer.Deserialize<Parts>(plain, JsonSerializerOptions.Web) ?? throw new JsonException("The page's order is empty.");
        return new(order, names, usual);
    }

    public override void Write(Utf8JsonWriter writer, ShownOrder value, JsonSerializerOptions options)
    {
        using var packed = new MemoryStream();
        using (var plain = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(plain, new Parts(value.Order, value.Names, value.Usual), JsonSerializerOptions.Web);
        }

        writer.WriteBase64StringValue(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private sealed record Parts(OrderSnapshot Order, IReadOnlyDictionary<int, string> Names, Forecast Usual);
}
