using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OrdersByEmail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What is computed cannot stand in the model. Orders without an address cost nothing.
            migrationBuilder.Sql("CREATE INDEX ix_orders_email ON orders (lower(email), placed_at) WHERE email IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_email",
                table: "orders");
        }
    }
}
