using System.Reflection;
using System.Text.RegularExpressions;
using Alga.Extensions.Registry.Functions;
using Alga.Extensions.Registry.Routes;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Tests.Routes;

public sealed partial class RouteTableTests
{
    [Fact]
    public void Every_function_has_exactly_one_row_and_every_row_a_function()
    {
        var functions = (
            from type in typeof(InstallFunctions).Assembly.GetTypes()
            from method in type.GetMethods()
            where method.GetCustomAttribute<FunctionAttribute>() is not null
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
            where trigger is not null
            from verb in trigger.Methods!
            select $"{verb.ToUpperInvariant()} {trigger.Route}").Order(StringComparer.Ordinal);

        Assert.Equal(functions, RegistryRoutes.All.Select(route => $"{route.Method} {route.Template}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_rows_share_an_operation_or_a_request()
    {
        Assert.Equal(RegistryRoutes.All.Count, RegistryRoutes.All.Select(route => route.Operation).Distinct().Count());
        Assert.Equal(RegistryRoutes.All.Count, RegistryRoutes.All.Select(route => route.Method + " " + Parameter().Replace(route.Template, "{}")).Distinct().Count());
    }

    [Fact]
    public void Every_row_says_who_may_call_it_and_how_it_answers() => Assert.All(RegistryRoutes.All, route =>
    {
        Assert.NotEqual(RouteAccess.None, route.Access);
        Assert.NotEmpty(route.Answers);
        Assert.NotEmpty(route.Summary);
        Assert.Matches(@"^registry(\.[a-z]+)+$", route.Operation);
    });

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
