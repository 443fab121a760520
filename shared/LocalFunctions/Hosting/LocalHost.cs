using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Alga.Extensions.LocalFunctions;

/// <summary>Serves functions on Kestrel the way the Azure host does.</summary>
public static class LocalHost
{
    /// <summary>Addresses to listen on, separated by semicolons; <c>ASPNETCORE_URLS</c> counts where this is not set.</summary>
    public const string UrlsVariable = "LOCAL_FUNCTIONS_URLS";

    /// <summary>Where it listens when nothing is set: the port of the Azure Functions Core Tools.</summary>
    public const string DefaultUrls = "http://127.0.0.1:7071";

    /// <summary>A builder for the functions of a given assembly, for tests that serve an app inside their own process.</summary>
    /// <param name="functions">The function app's assembly.</param>
    /// <param name="folder">Where its <c>host.json</c> lies.</param>
    /// <param name="args">Settings such as <c>--urls=http://127.0.0.1:0</c>.</param>
    public static FunctionsApplicationBuilder CreateBuilder(Assembly functions, string folder, params string[] args) =>
        CreateBuilder(functions.GetTypes(), folder, args);

    internal static FunctionsApplicationBuilder CreateBuilder(IReadOnlyList<Type> types, string folder, params string[] args) => new(args, types, folder);

    internal static WebApplication Build(WebApplicationBuilder builder, IReadOnlyList<Type> types, string folder)
    {
        var functions = FunctionCatalog.Read(types, HostJson.ReadRoutePrefix(folder));
        builder.WebHost.UseUrls(builder.Configuration[UrlsVariable] ?? builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultUrls);
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);

        var app = builder.Build();
        var dispatcher = new FunctionDispatcher(functions, app.Services.GetService<IHttpContextAccessor>());
        app.Run(dispatcher.InvokeAsync);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var function in functions) Log.Serving(app.Logger, function.Name, function.Route.Text);
        });
        return app;
    }
}
