using System.Text.Json;

namespace Storefront.Languages;

/// <summary>A language as its file has it.</summary>
/// <param name="Name">What its speakers call it.</param>
/// <param name="Formats">How it writes numbers, money and time.</param>
/// <param name="Plurals">Its plural forms with their rules (<see cref="PluralRules"/>).</param>
/// <param name="Words">The texts by key: a string, or an object with a string for every plural form.</param>
/// <param name="Goods">What the goods are called in it.</param>
internal sealed record LanguageFile(
    string Name, Formats Formats, IReadOnlyDictionary<string, string> Plurals, IReadOnlyDictionary<string, JsonElement> Words, GoodsNames? Goods = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; the message names the file and what is wrong.</exception>
    public static LanguageFile Read(string file, Stream stream)
    {
        using (stream)
        {
            try
            {
                return JsonSerializer.Deserialize<LanguageFile>(stream, Json) ?? throw new JsonException("the file is empty");
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"Languages/{file} cannot be read: {e.Message}", e);
            }
        }
    }
}
