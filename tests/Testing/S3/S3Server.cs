using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Testing.S3;

/// <summary>
/// A strict stand-in for S3, in this process: one bucket in memory, path style. It checks what AWS checks and lenient servers let pass:
/// each signature (also of bodies in signed chunks), the hash of each body, sizes of parts, conditions, the size of metadata.
/// What it does not know it refuses, so a test notices when a client asks for more.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "bundles";
    public const string Region = "eu-test-1";
    public const string AccessKeyId = "AKIATESTTESTTESTTEST";

    /// <summary>With the characters that a careless parser of settings or signatures trips over.</summary>
    public const string SecretAccessKey = "a+secret/of=the==tests";

    private const int MaxBodyBytes = 128 * 1024 * 1024;

    private readonly WebApplication app;

    private S3Server(WebApplication app, S3Bucket objects)
    {
        this.app = app;
        Objects = objects;
    }

    /// <summary>What is stored, to be looked at and tampered with.</summary>
    public S3Bucket Objects { get; }

    public Uri Url => new(app.Urls.First());

    /// <summary>Value of <c>BUNDLE_STORE_CONNECTION</c> for this server, or for a proxy in front of it.</summary>
    public static string ConnectionString(Uri url) =>
        $"Endpoint={url.GetLeftPart(UriPartial.Authority)};Region={Region};Bucket={Bucket};AccessKeyId={AccessKeyId};SecretAccessKey={SecretAccessKey}";

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var objects = new S3Bucket();
        app.Run(context => AnswerAsync(context, objects));
        await app.StartAsync().ConfigureAwait(false);
        return new S3Server(app, objects);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, S3Bucket objects)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
            var request = S3Request.Read(context, body.ToArray());
            var content = S3Signature.Check(request);
            await S3Operations.RunAsync(context, request with { Body = content }, objects).ConfigureAwait(false);
        }
        catch (S3Exception refusal)
        {
            await refusal.WriteAsync(context).ConfigureAwait(false);
        }
    }
}
