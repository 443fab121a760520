namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller has to show. Only <see cref="Anonymous"/> is served here: the platform authenticates itself.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
