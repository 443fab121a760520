using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.LocalFunctions;

/// <summary>Compiles a function method to a delegate, once, so that a call costs no reflection.</summary>
internal static class FunctionInvoker
{
    /// <exception cref="InvalidOperationException">The method's shape would not work here or on the Azure host.</exception>
    public static Func<IServiceProvider, HttpRequest, string?[], Task<IResult>> Compile(MethodInfo method, RouteTemplate route)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        var instance = Expression.Parameter(typeof(object), "instance");
        var request = Expression.Parameter(typeof(HttpRequest), "request");
        var values = Expression.Parameter(typeof(string?[]), "values");

        var arguments = method.GetParameters().Select(parameter => Bind(name, parameter, route, request, values));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType), method, arguments);
        var body = method.ReturnType == typeof(Task<IResult>) ? (Expression)call
            : method.ReturnType == typeof(IResult) ? Expression.Call(typeof(Task), nameof(Task.FromResult), [typeof(IResult)], call)
            : throw new InvalidOperationException($"{name} returns {method.ReturnType.Name}; return IResult or Task<IResult>: anything else is an empty 200 on the Azure host.");

        var invoke = Expression.Lambda<Func<object?, HttpRequest, string?[], Task<IResult>>>(body, instance, request, values).Compile();
        if (method.IsStatic) return (_, http, routeValues) => invoke(null, http, routeValues);

        var create = ActivatorUtilities.CreateFactory(method.DeclaringType, []);
        return (services, http, routeValues) => invoke(create(services, null), http, routeValues);
    }

    private static Expression Bind(string method, ParameterInfo parameter, RouteTemplate route, Expression request, Expression values)
    {
        if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null)
        {
            return parameter.ParameterType == typeof(HttpRequest)
                ? request
                : throw new InvalidOperationException($"{method}: the trigger '{parameter.Name}' has to be an HttpRequest.");
        }

        var index = route.Parameters.ToList().FindIndex(name => string.Equals(name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 && parameter.ParameterType == typeof(string)
            ? Expression.ArrayIndex(values, Expression.Constant(index))
            : throw new InvalidOperationException($"{method}: '{parameter.Name}' is neither the trigger nor a string named like a parameter of route '{route.Text}'.");
    }
}
