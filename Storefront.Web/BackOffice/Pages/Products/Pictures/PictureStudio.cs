using System.Security.Cryptography;
using System.Text;
using SkiaSharp;
using Storefront.Catalog;

namespace Storefront.Web.BackOffice.Pages.Products.Pictures;

/// <summary>What became of an upload: the picture, or a sentence that says why there is none.</summary>
public sealed record Developed(ProductPicture? Picture, string? Fault);

/// <summary>
/// Makes the shop's pictures of what somebody uploads. What a file says it is counts for nothing: it is decoded, and written anew, so that neither its name nor
/// its metadata nor anything behind the picture gets into the shop. How large it is stands in its head and is looked at before there is room for it.
/// </summary>
public sealed class PictureStudio(TimeProvider time) : IDisposable
{
    /// <summary>Bytes that an upload may have.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Pixels on a side; and in all, four bytes each while it is decoded.</summary>
    public const int MaxSide = 6000, MaxPixels = 16_000_000;

    /// <summary>Fewer look poor on a card.</summary>
    public const int MinSide = 240;

    /// <summary>A page of the shop is to be light (100 KB at its first visit): so many bytes a picture, of which a page has one large and a list ten small ones.</summary>
    public const int LargeBytes = 15_000, CardBytes = 4_000;

    private static readonly int[] LargeSides = [640, 512, 400, 320, 240], CardSides = [288, 224, 176, 128];
    private static readonly int[] Qualities = [82, 72, 62, 52, 42, 32, 20];

    /// <summary>One at a time: a picture takes 64 MB at the most while it is made.</summary>
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<Developed> DevelopAsync(byte[] upload, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Develop(upload), cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private Developed Develop(byte[] upload)
    {
        if (upload.Length > MaxBytes)
        {
            return Refused($"The file has {upload.Length / 1024.0 / 1024.0:0.0} MB; it may have 5. Save it smaller and try again.");
        }

        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data);
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
        {
            return Refused(IsDrawing(upload)
                ? "SVG drawings may carry programs, so they are not taken. Save it as PNG and try again."
                : "This is no picture that the shop can read. It takes PNG, JPEG and WebP.");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > MaxSide || height > MaxSide || (long)width * height > MaxPixels)
        {
            return Refused($"The picture has {width} × {height} pixels; it may have {MaxSide} on a side and 16 million in all. Save it smaller and try again.");
        }

        if (Math.Min(width, height) < MinSide)
        {
            return Refused($"The picture has {width} × {height} pixels; it needs {MinSide} × {MinSide} at least.");
        }

        using var decoded = Decode(codec);
        return decoded is null ? Refused("The picture is damaged: it ends before it is whole. Save it again and try once more.") : new(Print(decoded, codec.EncodedOrigin), null);
    }

    /// <summary>The pixels, no more of them than needed where the format can do with fewer; null when they are not all there.</summary>
    private static SKImage? Decode(SKCodec codec)
    {
        var shorter = Math.Min(codec.Info.Width, codec.Info.Height);
        var size = codec.GetScaledDimensions(Math.Min(1f, 2f * LargeSides[0] / shorter));
        using var pixels = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        return codec.GetPixels(pixels.Info, pixels.GetPixels()) == SKCodecResult.Success ? SKImage.FromBitmap(pixels) : null;
    }

    private ProductPicture Print(SKImage decoded, SKEncodedOrigin origin)
    {
        var large = Print(decoded, origin, LargeSides, LargeBytes);
        return new()
        {
            Hash = Convert.ToHexStringLower(SHA256.HashData(large).AsSpan(0, 16)),
            Large = large,
            Card = Print(decoded, origin, CardSides, CardBytes),
            At = time.GetUtcNow(),
        };
    }

    /// <summary>As large and as good as fits into so many bytes.</summary>
    private static byte[] Print(SKImage decoded, SKEncodedOrigin origin, int[] sides, int bytes)
    {
        byte[] smallest = [];
        foreach (var side in sides.Select(s => Math.Min(s, Math.Min(decoded.Width, decoded.Height))).Distinct())
        {
            using var square = Square(decoded, origin, side);
            foreach (var quality in Qualities)
            {
                using var written = square.Encode(SKEncodedImageFormat.Webp, quality);
                smallest = written.ToArray();
                if (smallest.Length <= bytes)
                {
                    return smallest;
                }
            }
        }

        return smallest;
    }

    /// <summary>The middle of the picture as a square, the right way up: a camera that lay on its side says so in the metadata, which does not come along.</summary>
    private static SKImage Square(SKImage decoded, SKEncodedOrigin origin, int side)
    {
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = isTurned ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        var scale = side / (float)Math.Min(width, height);
        using var surface = SKSurface.Create(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.Translate((side - (width * scale)) / 2, (side - (height * scale)) / 2);
        surface.Canvas.Scale(scale);
        surface.Canvas.Concat(Upright(origin, width, height));
        surface.Canvas.DrawImage(decoded, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return surface.Snapshot();
    }

    /// <summary>EXIF's eight orientations (CIPA DC-008, 4.6.4), as what turns the stored picture upright.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static bool IsDrawing(byte[] upload) => Encoding.UTF8.GetString(upload.AsSpan(0, Math.Min(upload.Length, 1024))).Contains("<svg", StringComparison.OrdinalIgnoreCase);

    private static Developed Refused(string fault) => new(null, fault);
}
