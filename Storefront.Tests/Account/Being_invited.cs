using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Storefront.Tests.Departments.Mail;
using Storefront.Tests.Store;
using Storefront.Web.Account;
using Storefront.Web.Account.Invitations;

namespace Storefront.Tests.Account;

/// <summary>Whoever has an invitation's link chooses name and password, once, within three days.</summary>
public sealed class Being_invited : IAsyncLifetime
{
    private const string Email = "holly@hopwick.example";

    private TestShop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StaffInvitations Invitations => _shop.Services.GetRequiredService<StaffInvitations>();

    private StaffBook Book => _shop.Services.GetRequiredService<StaffBook>();

    public async ValueTask InitializeAsync() => _shop = await TestShop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Leads_to_the_office_with_the_role_and_the_address_of_the_invitation()
    {
        var link = await InviteAsync(StaffRole.Operator, Email);
        using var browser = _shop.NewClient();
        using var joined = await JoinAsync(browser, link, "Holly  Möller", StaffDesk.Password);
        joined.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var office = await browser.GetAsync(joined.Headers.Location, Cancellation);
        office.StatusCode.ShouldBe(HttpStatusCode.OK);

        var holly = (await Book.ReadAsync(Cancellation)).Single(m => m.Name == "Holly Möller");
        (holly.Role, holly.Email, holly.IsActive).ShouldBe((StaffRole.Operator, Email, true));
        using var again = await _shop.NewClient().SignInAsync(StaffDesk.Password, name: Email);
        again.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await AuditedAsync()).ShouldBe(["manager: staff.invite, invitation holly@hopwick.example, as Operator", "Holly Möller: staff.join, staff Holly Möller, as Operator, invited by manager"]);
    }

    [Fact]
    public async Task Is_possible_once()
    {
        var link = await InviteAsync(StaffRole.Viewer);
        using var browser = _shop.NewClient();
        var (_, open) = await browser.OpenAsync(link);
        (await JoinAsync(_shop.NewClient(), link, "Holly", StaffDesk.Password)).StatusCode.ShouldBe(HttpStatusCode.Found);

        (await browser.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        using var late = await PostAsync(browser, open, "Clover", StaffDesk.Password);
        late.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await Book.ReadAsync(Cancellation)).Select(m => m.Name).ShouldBe(["Holly", FirstManager.Name]);
    }

    [Theory]
    [InlineData("withdrawn")]
    [InlineData("its sender was shut out")]
    [InlineData("its sender may not invite any more")]
    public async Task Is_over_when_it_was_taken_back(string how)
    {
        var clover = await _shop.HireAsync("Clover", StaffRole.Manager);
        var link = (await Invitations.InviteAsync(StaffRole.Manager, null, "Clover")).Path.ShouldNotBeNull();
        var open = (await Invitations.ReadAsync(Cancellation)).ShouldHaveSingleItem();
        (await (how switch
        {
            "withdrawn" => Invitations.WithdrawAsync(open.Id, FirstManager.Name),
            "its sender was shut out" => Book.ShutOutAsync(clover.Id, FirstManager.Name),
            _ => Book.ChangeRoleAsync(clover.Id, StaffRole.Operator, FirstManager.Name),
        })).ShouldBeNull();

        (await _shop.Client.OpenAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await Invitations.JoinAsync(LinkIn(link), "Holly", StaffDesk.Password)).ShouldBe(new Joined());
        (await Invitations.ReadAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_over_after_three_days()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var invitations = ActivatorUtilities.CreateInstance<StaffInvitations>(_shop.Services, clock);
        var link = LinkIn((await invitations.InviteAsync(StaffRole.Viewer, null, FirstManager.Name)).Path!);
        clock.Advance(InvitationLinks.Lifetime - TimeSpan.FromSeconds(1));
        (await invitations.RoleOfAsync(link, Cancellation)).ShouldBe(StaffRole.Viewer);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await invitations.RoleOfAsync(link, Cancellation)).ShouldBeNull();
        (await invitations.JoinAsync(link, "Holly", StaffDesk.Password)).ShouldBe(new Joined());
        (await invitations.ReadAsync(Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Is_for_nobody_without_a_link_of_the_shops(string link) =>
        (await _shop.Client.OpenAsync($"/invitation?link={link}")).Status.ShouldBe(HttpStatusCode.Gone);

    [Theory]
    [InlineData("Holly", "short", "needs at least 12")]
    [InlineData("", StaffDesk.Password, "A name has 2 to 60")]
    [InlineData("holly@hopwick.example", StaffDesk.Password, "A name has 2 to 60")]
    [InlineData("Ho‮lly", StaffDesk.Password, "A name has 2 to 60")]
    [InlineData("MANAGER", StaffDesk.Password, "Somebody on the staff is called that already")]
    public async Task Says_what_is_wrong_with_what_was_typed(string name, string password, string fault)
    {
        var link = await InviteAsync(StaffRole.Viewer);
        using var answer = await JoinAsync(_shop.Client, link, name, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain(fault);
        (await Invitations.ReadAsync(Cancellation)).Count.ShouldBe(1, "the link is still good");
    }

    [Fact]
    public async Task Is_refused_for_an_address_that_is_none_or_is_on_the_staff()
    {
        (await Invitations.InviteAsync(StaffRole.Viewer, "holly at home", FirstManager.Name)).Refusal.ShouldNotBeNull().ShouldStartWith("That is no e-mail address.");
        await _shop.HireAsync("Holly", StaffRole.Viewer, Email);
        (await Invitations.InviteAsync(StaffRole.Viewer, "HOLLY@hopwick.example", FirstManager.Name)).Refusal.ShouldBe("HOLLY@hopwick.example belongs to Holly, who is on the staff already.");
        (await Invitations.InviteAsync(StaffRole.Viewer, null, "nobody")).Refusal.ShouldBe("You are no member of the staff any more.");
    }

    [Fact]
    public async Task By_mail_comes_with_the_link()
    {
        await using var sink = await MailSink.OpenAsync();
        await using var shop = await TestShop.OpenAsync(MailShop.Settings(sink.Port).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal));
        var path = (await shop.Services.GetRequiredService<StaffInvitations>().InviteAsync(StaffRole.Viewer, Email, FirstManager.Name)).Path!;
        var mail = shop.Services.GetRequiredService<InvitationMail>();

        (await mail.SendAsync(Email, path, Cancellation)).ShouldBe($"It was mailed to {Email}.");
        (await mail.SendAsync(null, path, Cancellation)).ShouldBeNull();

        var sent = sink.Mails.ShouldHaveSingleItem();
        sent.To.ShouldBe([MailboxAddress.Parse(Email)]);
        sent.Text().ShouldContain($"https://hopwick.example{path}");
    }

    private static string LinkIn(string path) => Uri.UnescapeDataString(path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    private static async Task<HttpResponseMessage> JoinAsync(HttpClient browser, string link, string name, string password) =>
        await PostAsync(browser, (await browser.OpenAsync(link)).Page, name, password);

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, IHtmlDocument page, string name, string password) => browser.PostAsync(
        page, "/invitation", ("_handler", "invitation"), ("Link", ((IHtmlInputElement)page.QuerySelector("input[name=Link]")!).Value), ("Name", name), ("Password", password));

    private async Task<string> InviteAsync(StaffRole role, string? email = null) => (await Invitations.InviteAsync(role, email, FirstManager.Name)).Path.ShouldNotBeNull();

    private async Task<List<string>> AuditedAsync()
    {
        await using var db = _shop.OpenDatabase();
        return await db.AuditLog.OrderBy(e => e.Id).Select(e => $"{e.Who}: {e.Action}, {e.Subject}, {e.Detail}").ToListAsync(Cancellation);
    }
}
