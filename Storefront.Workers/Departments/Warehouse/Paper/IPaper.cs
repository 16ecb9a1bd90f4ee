namespace Storefront.Departments.Warehouse.Paper;

/// <summary>A4 paper that becomes a PDF. Points (1/72 inch) from the lower left corner; what is drawn goes on the page that was begun last.</summary>
internal interface IPaper
{
    void BeginPage();

    /// <summary>Writes one line that begins at the given point.</summary>
    void Write(string text, double size, double x, double y, bool bold = false);

    /// <summary>Draws a line from left to right.</summary>
    void Line(double left, double right, double y, double width);

    /// <summary>Draws an empty box to tick.</summary>
    void Box(double x, double y, double size);

    /// <summary>Blackens cells of a grid whose lower left corner is at the given point: each run goes from a column to the right.</summary>
    void Blacken(double x, double y, double cell, IEnumerable<(int Column, int Row, int Length)> runs);

    /// <summary>The document.</summary>
    byte[] Build();
}
