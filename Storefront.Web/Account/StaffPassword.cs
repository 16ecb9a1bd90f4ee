using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Storefront.Data;

namespace Storefront.Web.Account;

/// <summary>
/// The one password of the staff, kept as a hash in <c>secrets/staff.json</c> of the data folder, readable by the shop's own user only.
/// If it is lost: delete that file and start the shop again; it makes a new one and shows it once.
/// </summary>
public sealed class StaffPassword(IOptions<StaffOptions> options, IOptions<DataOptions> data) : IHostedService
{
    /// <summary>PBKDF2 with HMAC-SHA512: OWASP's least count (2023) for it.</summary>
    private const int Iterations = 210_000;

    /// <summary>No 0, 1, i, l, o, u: read from a console and typed on a phone. Twelve of them are 58 bits.</summary>
    private const string Alphabet = "abcdefghjkmnpqrstvwxyz23456789";

    private static readonly PasswordHasher<StaffSecret> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    private StaffSecret? _secret;

    /// <summary>Where a password made at first start is shown: the console, and nothing that keeps a log.</summary>
    internal Action<string> Announce { get; init; } = Console.WriteLine;

    /// <summary>Changes with the password; a cookie that carries another one is worth nothing.</summary>
    public string Stamp => Secret.Stamp;

    private StaffSecret Secret => _secret ?? throw new InvalidOperationException("The staff's password is read when the shop starts.");

    /// <summary>Whether this is the password. Right or wrong takes the same time: the whole hash is computed and compared in constant time.</summary>
    public bool Verify(string password) => Matches(Secret, password);

    /// <summary>Reads the password's hash, or makes the password.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read or written; the message says what to do.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var path = data.Value.PathOf("secrets", "staff.json");
        var wanted = options.Value.Password;
        try
        {
            var kept = Read(path);
            if (!string.IsNullOrEmpty(wanted))
            {
                // The same password keeps its stamp, so a restart signs nobody out.
                _secret = kept is not null && Matches(kept, wanted) ? kept : Keep(path, wanted);
            }
            else
            {
                _secret = kept ?? Keep(path, Announced());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new InvalidDataException($"{path} cannot be used: {e.Message} Delete it, and the next start makes a new staff password.", e);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool Matches(StaffSecret secret, string password) =>
        Hasher.VerifyHashedPassword(secret, secret.Hash, password) != PasswordVerificationResult.Failed;

    /// <summary>A new password, shown this once; what is kept cannot be turned back into it.</summary>
    private string Announced()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, 12);
        var password = $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
        Announce($"Staff password: {password} (made at first start and shown once; set Staff__Password to choose your own)");
        return password;
    }

    private static StaffSecret? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        if (JsonSerializer.Deserialize<StaffSecret>(File.ReadAllBytes(path), JsonSerializerOptions.Web) is not { Hash: not null, Stamp: not null } secret)
        {
            throw new JsonException("It has no hash and stamp.");
        }

        // Said at the start, not at the first sign-in.
        _ = Convert.FromBase64String(secret.Hash);
        return secret;
    }

    private static StaffSecret Keep(string path, string password)
    {
        var stamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var secret = new StaffSecret(Hasher.HashPassword(null!, password), stamp);
        PrivateFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(secret, JsonSerializerOptions.Web));
        return secret;
    }

    private sealed record StaffSecret(string Hash, string Stamp);
}
