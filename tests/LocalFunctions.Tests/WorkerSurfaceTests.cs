using System.Reflection;

namespace Alga.Extensions.LocalFunctions.Tests;

/// <summary>
/// What the local host declares in the worker's namespaces, member by member, as the worker 2.52 and its HTTP
/// extensions have it: source that compiles here must compile there.
/// </summary>
public sealed class WorkerSurfaceTests
{
    private static readonly string[] Documented =
    [
        "Microsoft.Azure.Functions.Worker.AuthorizationLevel.Admin",
        "Microsoft.Azure.Functions.Worker.AuthorizationLevel.Anonymous",
        "Microsoft.Azure.Functions.Worker.AuthorizationLevel.Function",
        "Microsoft.Azure.Functions.Worker.AuthorizationLevel.System",
        "Microsoft.Azure.Functions.Worker.AuthorizationLevel.User",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplication.CreateBuilder(String[]): FunctionsApplicationBuilder",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder.Build(): IHost",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder.get_Configuration(): ConfigurationManager",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder.get_Environment(): IHostEnvironment",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder.get_Logging(): ILoggingBuilder",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder.get_Services(): IServiceCollection",
        "Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilderAspNetCoreExtensions.ConfigureFunctionsWebApplication(FunctionsApplicationBuilder): FunctionsApplicationBuilder",
        "Microsoft.Azure.Functions.Worker.FunctionAttribute..ctor(String)",
        "Microsoft.Azure.Functions.Worker.FunctionAttribute.get_Name(): String",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute..ctor()",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute..ctor(AuthorizationLevel)",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute..ctor(AuthorizationLevel, String[])",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute..ctor(String[])",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute.get_AuthLevel(): AuthorizationLevel",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute.get_Methods(): String[]",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute.get_Route(): String",
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute.set_Route(String): Void",
    ];

    [Fact]
    public void The_local_host_declares_only_what_the_worker_has()
    {
        var declared = typeof(LocalHost).Assembly.GetExportedTypes()
            .Where(type => type.Namespace!.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal))
            .SelectMany(Members)
            .Order(StringComparer.Ordinal);
        Assert.Equal(Documented.Order(StringComparer.Ordinal), declared);
    }

    [Fact]
    public void Everything_else_public_is_the_local_host_itself()
    {
        var own = typeof(LocalHost).Assembly.GetExportedTypes()
            .Where(type => !type.Namespace!.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal));
        Assert.Equal([typeof(LocalHost)], own);
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{type.FullName}.{name}");

        var constructors = type.GetConstructors(Own).Select(constructor => $"{type.FullName}.{constructor.Name}({Parameters(constructor)})");
        var methods = type.GetMethods(Own).Select(method => $"{type.FullName}.{method.Name}({Parameters(method)}): {method.ReturnType.Name}");
        var fields = type.GetFields(Own).Select(field => $"{type.FullName}.{field.Name}");
        return [.. constructors, .. methods, .. fields];
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name));
}
