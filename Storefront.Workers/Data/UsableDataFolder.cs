using Microsoft.Extensions.Options;

namespace Storefront.Data;

/// <summary>The data folder can be made and written to; found out before anything relies on it.</summary>
internal sealed class UsableDataFolder : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        try
        {
            var probe = options.PathOf($".probe-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ValidateOptionsResult.Fail($"Data:Folder must be a folder the shop may write to; '{options.Folder}' is not: {e.Message}");
        }
    }
}
