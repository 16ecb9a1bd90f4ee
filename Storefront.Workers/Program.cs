namespace Storefront;
internal static class WorkersProgram { private static void Main() { } }
