using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.LocalFunctions;

/// <summary>Finds the functions among types. The only reflection here, at start.</summary>
internal static class FunctionCatalog
{
    /// <summary>All functions, in the order in which they are tried: alphabetically by name, whatever their templates.</summary>
    /// <exception cref="InvalidOperationException">A function would not work here or on the Azure host.</exception>
    public static IReadOnlyList<HttpFunction> Read(IReadOnlyList<Type> types, string routePrefix)
    {
        var methods = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Function is not null)
            .OrderBy(found => found.Function!.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();

        foreach (var name in methods.GroupBy(found => found.Function!.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new InvalidOperationException($"Function '{name.Key}' is there twice.");
        }

        return [.. methods.Select(found => Read(found.Method, found.Function!.Name, routePrefix))];
    }

    private static HttpFunction Read(MethodInfo method, string name, string routePrefix)
    {
        var triggers = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().ToList();
        if (triggers is not [var trigger]) throw new InvalidOperationException($"Function '{name}' needs one parameter with [HttpTrigger]; it has {triggers.Count}.");
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
        {
            throw new InvalidOperationException($"Function '{name}' demands a key of the Azure host; write AuthorizationLevel.Anonymous, the platform authenticates itself.");
        }

        var route = RouteTemplate.Parse($"{routePrefix}/{trigger.Route ?? name}");
        var first = route.Text.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        if (first.Equals("admin", StringComparison.OrdinalIgnoreCase) || first.Equals("runtime", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"Function '{name}': routes below /{first} belong to the Azure host.");
        }

        return new HttpFunction(name, route, trigger.Methods, FunctionInvoker.Compile(method, route));
    }
}
