using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Access;

/// <summary>Who may manage what belongs to a publisher: those who act for it, and the platform's operators.</summary>
public static class PublisherRights
{
    /// <summary>A refusal unless the caller may; to everybody else the publisher is not there.</summary>
    public static Refusal? UnlessMayManage(Caller caller, string publisher)
    {
        if (CallerRights.UnlessPublisherOrOperator(caller) is { } stranger) return stranger;
        return PublisherName.IsValid(publisher) && (CallerRights.IsOperator(caller) || CallerRights.ActsFor(caller, publisher))
            ? null
            : new Refusal(ErrorCode.NotFound, "You act for no publisher of this name; check the name, or sign in as one of its developers.");
    }

    /// <summary>A refusal unless the caller runs the platform.</summary>
    public static Refusal? UnlessOperator(Caller caller) =>
        CallerRights.IsOperator(caller) ? null : new Refusal(ErrorCode.Forbidden, $"This needs the role {Roles.Operator}; ask an operator of the platform.");
}
