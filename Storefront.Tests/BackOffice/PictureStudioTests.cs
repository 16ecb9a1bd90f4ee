using System.Text;
using SkiaSharp;
using Storefront.Catalog;
using Storefront.Web.BackOffice.Pages.Products.Pictures;

namespace Storefront.Tests.BackOffice;

/// <summary>What becomes of a file that somebody uploads as a picture.</summary>
public sealed class An_uploaded_picture : IDisposable
{
    private readonly PictureStudio _studio = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _studio.Dispose();

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Is_written_anew_as_two_squares(SKEncodedImageFormat format)
    {
        var picture = await TakenAsync(SomePicture.Of(1600, 800, format));

        Size(picture.Large).ShouldBe((640, 640, SKEncodedImageFormat.Webp));
        Size(picture.Card).ShouldBe((320, 320, SKEncodedImageFormat.Webp));
        foreach (var print in new[] { picture.Large, picture.Card })
        {
            (SomePicture.At(print, 0.1, 0.5), SomePicture.At(print, 0.9, 0.5)).ShouldSatisfyAllConditions(c => IsRed(c.Item1).ShouldBeTrue(), c => IsBlue(c.Item2).ShouldBeTrue());
        }

        picture.Hash.ShouldMatch("^[0-9a-f]{32}$");
        (await TakenAsync(SomePicture.Of(1600, 800, format))).Hash.ShouldBe(picture.Hash, "the same picture has the same address");
    }

    [Fact]
    public async Task Stands_the_right_way_up_and_leaves_its_metadata_behind()
    {
        var upload = SomePicture.Turned(800, 600);
        Encoding.Latin1.GetString(upload).ShouldContain("Secret Burrow");

        var picture = await TakenAsync(upload);

        IsRed(SomePicture.At(picture.Large, 0.5, 0.1)).ShouldBeTrue("left is up after a quarter to the right");
        IsBlue(SomePicture.At(picture.Large, 0.5, 0.9)).ShouldBeTrue();
        Encoding.Latin1.GetString(picture.Large).ShouldNotContain("Secret Burrow");
        Encoding.Latin1.GetString(picture.Large).ShouldNotContain("Exif");
    }

    [Fact]
    public async Task Stays_light_whatever_it_shows()
    {
        var picture = await TakenAsync(SomePicture.Noise(900));
        picture.Large.Length.ShouldBeLessThanOrEqualTo(PictureStudio.LargeBytes);
        picture.Card.Length.ShouldBeLessThanOrEqualTo(PictureStudio.CardBytes);
    }

    [Fact]
    public async Task Is_never_made_larger_than_it_is() => Size((await TakenAsync(SomePicture.Of(300, 500))).Large).ShouldBe((300, 300, SKEncodedImageFormat.Webp));

    [Theory]
    [InlineData("this is no picture", "This is no picture that the shop can read.")]
    [InlineData("", "This is no picture that the shop can read.")]
    [InlineData("GIF89a\u0001\0\u0001\0", "This is no picture that the shop can read.")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "SVG drawings may carry programs")]
    [InlineData("<html><SVG onload=alert(1)>", "SVG drawings may carry programs")]
    [InlineData("\u0089PNG\r\n\u001a\n", "This is no picture that the shop can read.")]
    public async Task Is_refused_when_it_is_none(string content, string why) => (await FaultAsync(Encoding.Latin1.GetBytes(content))).ShouldStartWith(why);

    [Theory]
    [InlineData(6001, 10, "The picture has 6001 × 10 pixels; it may have 6000 on a side")]
    [InlineData(5000, 5000, "The picture has 5000 × 5000 pixels; it may have")]
    [InlineData(2_000_000_000, 2_000_000_000, "This is no picture that the shop can read.")]
    public async Task Is_refused_by_its_head_when_it_is_a_bomb(int width, int height, string why) =>
        (await FaultAsync(SomePicture.Claiming(width, height))).ShouldStartWith(why);

    [Fact]
    public async Task Is_refused_when_its_head_promises_more_than_there_is() => (await FaultAsync(SomePicture.Claiming(3000, 3000))).ShouldStartWith("The picture is damaged");

    [Fact]
    public async Task Is_refused_when_half_of_it_is_missing()
    {
        var whole = SomePicture.Noise(600);
        (await FaultAsync(whole[..(whole.Length / 2)])).ShouldStartWith("The picture is damaged");
    }

    [Fact]
    public async Task Is_refused_when_it_is_tiny() => (await FaultAsync(SomePicture.Of(239, 400))).ShouldBe("The picture has 239 × 400 pixels; it needs 240 × 240 at least.");

    [Fact]
    public async Task Is_refused_when_it_is_heavy() => (await FaultAsync(new byte[PictureStudio.MaxBytes + 1])).ShouldStartWith("The file has 5.0 MB; it may have 5.");

    private async Task<ProductPicture> TakenAsync(byte[] upload)
    {
        var developed = await _studio.DevelopAsync(upload, Cancellation);
        developed.Fault.ShouldBeNull();
        return developed.Picture.ShouldNotBeNull();
    }

    private async Task<string> FaultAsync(byte[] upload)
    {
        var developed = await _studio.DevelopAsync(upload, Cancellation);
        developed.Picture.ShouldBeNull();
        return developed.Fault.ShouldNotBeNull();
    }

    private static (int Width, int Height, SKEncodedImageFormat Format) Size(byte[] picture)
    {
        using var codec = SKCodec.Create(new MemoryStream(picture)).ShouldNotBeNull();
        return (codec.Info.Width, codec.Info.Height, codec.EncodedFormat);
    }

    private static bool IsRed(SKColor c) => c is { Red: > 200, Green: < 60, Blue: < 60 };

    private static bool IsBlue(SKColor c) => c is { Red: < 60, Green: < 60, Blue: > 200 };
}
