using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Storefront.Tests.Passkeys;

/// <summary>
/// A device with one passkey, and the browser in front of it: answers the shop's offers as WebAuthn says (ES256, attestation "none"). What it says wrongly, a test tells it to.
/// </summary>
internal sealed class SoftAuthenticator(Uri shop) : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, HasKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string? _user;
    private uint _uses;

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Where the page says that it is.</summary>
    public string Origin { get; set; } = shop.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether it made sure who holds it.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Whose passkey it says that it is; as it was made for unless told otherwise.</summary>
    public string? User { get => _user; set => _user = value; }

    public void Dispose() => _key.Dispose();

    /// <summary>Makes its passkey: the credential as JSON.</summary>
    public string Make(JsonElement options)
    {
        _user = options.GetProperty("user").GetProperty("id").GetString();
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        // A COSE key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.
        byte[] key = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] about = [.. About(options.GetProperty("rp").GetProperty("id").GetString()!, HasKey), .. new byte[16], 0, (byte)Id.Length, .. Id, .. key];
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": about}.
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59, (byte)(about.Length >> 8), (byte)about.Length, .. about];
        return Credential(new
        {
            clientDataJSON = Text(Client("webauthn.create", options)),
            attestationObject = Text(attestation),
            transports = new[] { "internal" },
        });
    }

    /// <summary>Uses its passkey: the credential as JSON.</summary>
    public string Use(JsonElement options)
    {
        var about = About(options.GetProperty("rpId").GetString()!);
        var client = Client("webauthn.get", options);
        var signature = _key.SignData([.. about, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Text(client), authenticatorData = Text(about), signature = Text(signature), userHandle = _user });
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private string Credential(object response) => JsonSerializer.Serialize(new
    {
        id = Text(Id), rawId = Text(Id), type = "public-key", response, clientExtensionResults = new { }, authenticatorAttachment = "platform",
    });

    private byte[] Client(string type, JsonElement options) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false,
    }));

    /// <summary>The authenticator data's beginning: whose site, what was made sure of, how often it was used.</summary>
    private byte[] About(string site, byte flags = 0)
    {
        var uses = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(uses, ++_uses);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), (byte)(flags | Present | (Verifies ? Verified : 0)), .. uses];
    }
}
