using Alga.Extensions.LocalFunctions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a host that serves functions on Kestrel.</summary>
public sealed class FunctionsApplicationBuilder
{
    private readonly WebApplicationBuilder builder;
    private readonly IReadOnlyList<Type> functions;
    private readonly string folder;

    internal FunctionsApplicationBuilder(string[] args, IReadOnlyList<Type> functions, string folder)
    {
        builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = folder });
        this.functions = functions;
        this.folder = folder;
    }

    public IServiceCollection Services => builder.Services;

    public ConfigurationManager Configuration => builder.Configuration;

    public ILoggingBuilder Logging => builder.Logging;

    public IHostEnvironment Environment => builder.Environment;

    internal bool WebApplicationConfigured { get; set; }

    /// <summary>The host, ready to run.</summary>
    /// <exception cref="InvalidOperationException">A function or the configuration would not work on the Azure host; says which and why.</exception>
    public IHost Build()
    {
        if (!WebApplicationConfigured)
        {
            throw new InvalidOperationException("Call ConfigureFunctionsWebApplication() first: functions take an HttpRequest only with ASP.NET Core integration.");
        }

        return LocalHost.Build(builder, functions, folder);
    }
}
