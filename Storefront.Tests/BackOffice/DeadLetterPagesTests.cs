using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor.Services;
using Storefront.Data;
using Storefront.Messaging.DeadLetters;
using Storefront.Tests.Messaging;
using Storefront.Web.Account;
using Storefront.Web.BackOffice.Feed;
using Storefront.Web.BackOffice.Pages.DeadLetters;
using TestContext = Xunit.TestContext;
using static Storefront.Tests.Messaging.Letters;

namespace Storefront.Tests.BackOffice;

/// <summary>The staff's pages about dead letters, on the real database, without a browser.</summary>
public sealed class The_pages_of_the_dead_letters : BunitContext, IAsyncLifetime
{
    private OfficeDesk _desk = null!;
    private OfficeFeed _feed = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _desk = await OfficeDesk.OpenAsync();
        _feed = new OfficeFeed(new OfficeCounts(_desk.Contexts, _desk.Clock), _desk.News, _desk.Get<DatabaseStatus>(), _desk.Clock, NullLogger<OfficeFeed>.Instance);
        await _feed.StartAsync(Cancellation);
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(_desk.Clock);
        Services.AddSingleton(_feed).AddSingleton(_desk.Get<DeadLetterDesk>()).AddSingleton(_desk.Get<DeadLetterReader>()).AddSingleton(_desk.Get<LetterHistory>())
            .AddSingleton(new LetterOutcomes(_desk.Contexts)).AddScoped<StaffPermit>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddAuthorization().SetAuthorized("anna").SetPolicies(OfficePolicy.View, OfficePolicy.Operate);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Replay_a_cause_with_one_click_and_say_how_many_that_were()
    {
        var ids = await _desk.DieAsync(Letter("answered 503"), Letter("answered 504"), Letter("never answered"));
        var page = await OpenAsync<DeadLettersPage>("/backoffice/dead-letters");
        page.FindAll(".groups li").Select(g => g.QuerySelector("a")!.TextContent).ShouldBe(["answered …", "never answered"]);

        await page.Button("Replay 2").ClickAsync();

        await page.SaysAsync("2 letters replayed.");
        page.FindAll(".groups li").ShouldHaveSingleItem();
        (await _desk.InAsync(DeadLetterState.Replayed)).ShouldBe([ids[0], ids[1]]);
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.DeadLetterActions.Select(a => a.By).Distinct().ToListAsync(Cancellation)).ShouldBe(["anna"], "it is done in the name of who is signed in");
    }

    [Fact]
    public async Task Ask_for_a_reason_before_they_discard()
    {
        await _desk.DieAsync(Letter());
        var page = await OpenAsync<DeadLettersPage>("/backoffice/dead-letters");

        await page.Button("Discard …").ClickAsync();
        await page.Find("form").SubmitAsync();
        page.Find("[role=alert]").TextContent.ShouldStartWith("A reason is needed");
        page.Find("input").GetAttribute("aria-invalid").ShouldBe("true");
        await page.Find("input").InputAsync("a test order");
        await page.Find("form").SubmitAsync();

        await page.SaysAsync("1 letter discarded.");
        page.Markup.ShouldContain("No dead letters");
        await using var db = await _desk.Contexts.CreateDbContextAsync(Cancellation);
        (await db.DeadLetterActions.SingleAsync(Cancellation)).Reason.ShouldBe("a test order");
    }

    [Fact]
    public async Task Ask_before_they_replay_all()
    {
        await _desk.DieAsync(Letter(), Letter("never answered"));
        var page = await OpenAsync<DeadLettersPage>("/backoffice/dead-letters");

        await page.Button("Replay all 2 …").ClickAsync();
        (await _desk.InAsync(DeadLetterState.Replayed)).ShouldBeEmpty();
        await page.Button("Not now").ClickAsync();
        await page.Button("Replay all 2 …").ClickAsync();
        await page.Find("form").SubmitAsync();

        await page.SaysAsync("2 letters replayed.");
        (await _desk.InAsync(DeadLetterState.Waiting)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Say_so_when_somebody_was_quicker()
    {
        await _desk.DieAsync(Letter());
        var page = await OpenAsync<DeadLettersPage>("/backoffice/dead-letters");
        await _desk.Get<DeadLetterDesk>().DiscardAsync(LetterSelection.All, "bob", "a test order", Cancellation);
        await page.Button("Replay").ClickAsync();
        await page.SaysAsync("Nothing left to do: somebody was quicker.");
    }

    [Fact]
    public async Task Count_on_while_open_and_keep_a_new_cause_behind_a_button()
    {
        await _desk.DieAsync(Letter("answered 503"), Letter("answered 504"));
        var page = await OpenAsync<DeadLettersPage>("/backoffice/dead-letters");

        await _desk.DieAsync(Letter("answered 505"), Letter("never answered"), Letter("never answered"), Letter("never answered"), Letter("never answered"));
        await TickUntilAsync(page, () => page.FindAll(".pill").Count == 1);
        page.FindAll(".groups li").ShouldHaveSingleItem().TextContent.ShouldContain("3 letters");
        await page.Find(".pill").ClickAsync();
        page.FindAll(".groups li a").Select(a => a.TextContent).ShouldBe(["never answered", "answered …"]);

        await _desk.Get<DeadLetterDesk>().DiscardAsync(LetterSelection.All, "bob", "a test order", Cancellation);
        await TickUntilAsync(page, () => page.FindAll(".groups li").All(g => g.TextContent.Contains("None left", StringComparison.Ordinal)));
        page.FindAll("button").ShouldBeEmpty("there is nothing to decide");
    }

    [Fact]
    public async Task Show_the_letters_of_a_cause_in_any_state()
    {
        var ids = await _desk.DieAsync(Letter("answered 503"), Letter("answered 504"), Letter("never answered"));
        await _desk.Get<DeadLetterDesk>().DiscardAsync(new LetterSelection.One(ids[1]), "bob", "a test order", Cancellation);

        var page = await OpenAsync<LettersLikePage>($"/backoffice/dead-letters/like/{ids[1]}", p => p.Add(l => l.Id, ids[1]));
        page.FindAll("tbody a").Select(a => a.GetAttribute("href")).ShouldBe([$"/backoffice/dead-letters/{ids[0]}"]);
        page.Find("section").TextContent.ShouldContain("1 waiting");

        var discarded = await OpenAsync<LettersLikePage>($"/backoffice/dead-letters/like/{ids[1]}?state=discarded", p => p.Add(l => l.Id, ids[1]));
        discarded.FindAll("tbody a").Select(a => a.GetAttribute("href")).ShouldBe([$"/backoffice/dead-letters/{ids[1]}"]);
    }

    [Fact]
    public async Task Tell_the_whole_story_of_a_letter_and_end_it()
    {
        var first = (await _desk.DieAsync(Letter())).Single();
        await _desk.Get<DeadLetterDesk>().ReplayAsync(LetterSelection.All, "bob", Cancellation);
        var again = (await _desk.DieAsync(Letter("still no answer", replayOf: first, hour: 12))).Single();
        var page = await OpenAsync<DeadLetterPage>($"/backoffice/dead-letters/{again}", p => p.Add(l => l.Id, again));

        await page.Button("Discard …").ClickAsync();
        await page.Find("input").InputAsync("it will never work");
        await page.Find("form").SubmitAsync();

        await page.SaysAsync("1 letter discarded.");
        page.Find(".page-head").TextContent.ShouldContain("Discarded");
        page.FindAll(".step").Select(s => string.Join(' ', s.Children.Select(c => c.TextContent))).ShouldBe(
            [$"Died letter {first}", $"Replayed letter {first} by bob", "Died again this letter", "Discarded this letter by anna"]);
        page.Find(".steps a").GetAttribute("href").ShouldBe($"/backoffice/dead-letters/{first}");
        page.Find(".steps").TextContent.ShouldContain("it will never work");
        page.FindAll("button").ShouldBeEmpty("a decision is made once");
    }

    [Fact]
    public async Task Show_a_letter_dying_again_without_loading_anything_again()
    {
        var first = (await _desk.DieAsync(Letter())).Single();
        var page = await OpenAsync<DeadLetterPage>($"/backoffice/dead-letters/{first}", p => p.Add(l => l.Id, first));
        await page.Button("Replay").ClickAsync();
        await page.SaysAsync("1 letter replayed.");

        var again = (await _desk.DieAsync(Letter("still no answer", replayOf: first, hour: 12))).Single();
        await TickUntilAsync(page, () => page.FindAll($".steps a[href='/backoffice/dead-letters/{again}']").Count == 1);
    }

    [Fact]
    public async Task Offer_nothing_to_those_who_may_only_look()
    {
        AddAuthorization().SetAuthorized("vera").SetPolicies(OfficePolicy.View);
        var id = (await _desk.DieAsync(Letter(), Letter("never answered")))[0];
        (await OpenAsync<DeadLettersPage>("/backoffice/dead-letters")).FindAll("button").ShouldBeEmpty();
        (await OpenAsync<LettersLikePage>($"/backoffice/dead-letters/like/{id}", p => p.Add(l => l.Id, id))).FindAll("button").ShouldBeEmpty();
        var page = await OpenAsync<DeadLetterPage>($"/backoffice/dead-letters/{id}", p => p.Add(l => l.Id, id));
        page.FindAll("button").ShouldBeEmpty();
        page.Markup.ShouldContain("no answer");
    }

    /// <summary>Opens a page and waits for what it reads from the database.</summary>
    private async Task<IRenderedComponent<T>> OpenAsync<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null) where T : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render(parameters ?? (_ => { }));
        await page.WaitForStateAsync(() => page.FindAll("h1").Count > 0 && page.FindAll("button, a[href^='/backoffice/dead-letters/'], tbody").Count > 0, Watching.Bound);
        return page;
    }

    /// <summary>Lets the office's clock go on until the page shows it.</summary>
    private Task TickUntilAsync<T>(IRenderedComponent<T> page, Func<bool> shows) where T : IComponent => Watching.UntilAsync("the page shows it", async () =>
    {
        _desk.Clock.Advance(OfficeFeed.AgeEvery);
        return await page.InvokeAsync(shows);
    }, Cancellation);
}

internal static class PageReading
{
    public static AngleSharp.Dom.IElement Button<T>(this IRenderedComponent<T> page, string text) where T : IComponent => page.FindAll("button").Single(b => b.TextContent.Trim() == text);

    /// <summary>Waits until the page says what was done.</summary>
    public static Task SaysAsync<T>(this IRenderedComponent<T> page, string what) where T : IComponent =>
        page.WaitForAssertionAsync(() => page.Find("[role=status]").TextContent.ShouldBe(what), Watching.Bound);
}
