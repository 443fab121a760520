using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Publishing;

[Collection(PlatformCollection.Name)]
public sealed class PublishTests(PlatformFixture platform)
{
    [Fact]
    public async Task A_signed_bundle_is_published_and_may_be_published_again()
    {
        var draft = new Draft(platform, "2.0.1");
        await draft.PackAsync();
        await draft.SignAsync();

        Assert.Equal("ok", (await draft.PublishAsync()).Code);
        Assert.Equal("ok", (await draft.PublishAsync()).Code);
    }

    [Fact]
    public async Task A_bundle_without_a_signature_is_refused_and_not_visible()
    {
        var draft = new Draft(platform, "2.0.2");
        await draft.PackAsync();
        await File.WriteAllTextAsync(
            draft.Envelope, """{"payloadType":"application/vnd.alga.bundle-statement+json","payload":"e30=","signatures":[]}""");

        Assert.Equal("signature_invalid", (await draft.PublishAsync()).Code);
        Assert.Equal("not_found", await draft.InstallAsync());
    }

    [Fact]
    public async Task A_bundle_signed_with_an_unknown_key_is_refused_and_not_visible()
    {
        var key = Path.Combine(platform.Work, "unknown.pem");
        await Cli.DoAsync(platform, "keygen", "--out", key, "--publisher", "alga-samples", "--no-passphrase");
        var draft = new Draft(platform, "2.0.3");
        await draft.PackAsync();
        await draft.SignAsync(key);

        Assert.Equal("signature_invalid", (await draft.PublishAsync()).Code);
        Assert.Equal("not_found", await draft.InstallAsync());
    }

    [Fact]
    public async Task A_bundle_that_was_changed_after_signing_is_refused_and_not_visible()
    {
        var draft = new Draft(platform, "2.0.4");
        await draft.PackAsync();
        await draft.SignAsync();
        draft.Write("README.md", "added later");
        await draft.PackAsync();

        Assert.Equal("signature_invalid", (await draft.PublishAsync()).Code);
        Assert.Equal("not_found", await draft.InstallAsync());
    }

    [Fact]
    public async Task A_published_version_never_changes()
    {
        var draft = new Draft(platform, "2.0.5");
        await draft.PackAsync();
        await draft.SignAsync();
        await draft.PublishAsync();
        draft.Write("README.md", "other");
        await draft.PackAsync();
        await draft.SignAsync();

        Assert.Equal("version_exists", (await draft.PublishAsync()).Code);
    }

    [Fact]
    public async Task Somebody_who_does_not_act_for_the_publisher_is_refused()
    {
        var draft = new Draft(platform, "2.0.6");
        await draft.PackAsync();
        await draft.SignAsync();

        Assert.Equal("forbidden", (await draft.PublishAsync("ada")).Code);
        Assert.Equal("not_found", await draft.InstallAsync());
    }

    [Fact]
    public async Task A_foreign_publishers_name_is_refused()
    {
        var draft = new Draft(platform, "2.0.7", publisher: "globex", name: "com.globex.hello");
        await draft.PackAsync();
        await draft.SignAsync();

        Assert.Equal("forbidden", (await draft.PublishAsync()).Code);
    }

    [Fact]
    public async Task A_user_without_the_role_of_an_administrator_installs_nothing()
    {
        var run = await Cli.RunAsync(
            platform, "install", PlatformFixture.Sample, "--version", "1.0.0", "--token-file", platform.TokenFile("grace"));

        Assert.Equal("forbidden", run.Code);
    }
}
