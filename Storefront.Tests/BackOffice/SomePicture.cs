using System.Buffers.Binary;
using SkiaSharp;

namespace Storefront.Tests.BackOffice;

/// <summary>Pictures that somebody might upload.</summary>
internal static class SomePicture
{
    /// <summary>Left half red, right half blue.</summary>
    public static byte[] Of(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var blue = new SKPaint { Color = SKColors.Blue };
        canvas.Clear(SKColors.Red);
        canvas.DrawRect(width / 2f, 0, width / 2f, height, blue);
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>Nothing that repeats itself: what any format makes the most bytes of.</summary>
    public static byte[] Noise(int side)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var random = new Random(4711);
        var pixels = new byte[side * side * 4];
        random.NextBytes(pixels);
        System.Runtime.InteropServices.Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    /// <summary>A PNG whose head says another size than its body has: a bomb, when it is believed.</summary>
    public static byte[] Claiming(int width, int height)
    {
        var png = Of(300, 300);
        // Signature (8), length (4), "IHDR" (4), width, height, five bytes more, checksum.
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    /// <summary>PNG's checksum (ISO/IEC 15948, annex D).</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }

    /// <summary>A JPEG of a camera that lay on its side, with a place in its metadata.</summary>
    public static byte[] Turned(int width, int height)
    {
        var jpeg = Of(width, height, SKEncodedImageFormat.Jpeg);
        // TIFF, big-endian, one entry: orientation (0x0112), a short, 6: turned a quarter to the right when shown.
        byte[] tiff = [.. "MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, .. "Secret Burrow"u8];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        var length = exif.Length + 2;
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg.AsSpan(2)];
    }

    /// <summary>The colour at a point of a picture, by its share of width and height.</summary>
    public static SKColor At(byte[] picture, double x, double y)
    {
        using var bitmap = SKBitmap.Decode(picture);
        return bitmap.GetPixel((int)(bitmap.Width * x), (int)(bitmap.Height * y));
    }
}
