using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OrderLanguage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "orders",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "language",
                table: "orders");
        }
    }
}
