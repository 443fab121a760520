using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Registry.Tests.Reference;

public sealed class RouteReferenceTests
{
    /// <summary>Where it is not, <c>npm run write -w docs</c> writes it.</summary>
    [Fact]
    public void The_reference_of_the_routes_is_what_the_openapi_document_says()
    {
        var page = RegistryRoutesPage.Write(Registry.OpenApi.OpenApiDocument.Write(RegistryRoutes.All));

        Assert.Equal(page, GeneratedPage.Read("docs/reference/registry-routes.md", page));
    }
}
