using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Storefront.Departments.Marketing;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteStoreDb))]
    [Migration("20261126175000_MarketingSums")]
    public partial class MarketingSums : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "marketing_hours",
                columns: table => new
                {
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    orders = table.Column<long>(type: "INTEGER", nullable: false),
                    revenue_minor = table.Column<long>(type: "INTEGER", nullable: false),
                    pieces = table.Column<long>(type: "INTEGER", nullable: false),
                    new_customers = table.Column<long>(type: "INTEGER", nullable: false),
                    returning_customers = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_marketing_hours", x => new { x.hour, x.source });
                });

            migrationBuilder.CreateTable(
                name: "marketing_goods",
                columns: table => new
                {
                    day = table.Column<long>(type: "INTEGER", nullable: false),
                    product_id = table.Column<int>(type: "INTEGER", nullable: false),
                    pieces = table.Column<long>(type: "INTEGER", nullable: false),
                    revenue_minor = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_marketing_goods", x => new { x.day, x.product_id });
                });

            // What was counted up to now is added up here.
            migrationBuilder.AddColumn<bool>(
                name: "summed",
                table: "marketing_orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);
            migrationBuilder.Sql(SumsNow.AddHours.Replace("@after", "0"));
            migrationBuilder.Sql(SumsNow.AddGoods.Replace("@after", "0"));

            migrationBuilder.CreateIndex(
                name: "ix_marketing_orders_unsummed",
                table: "marketing_orders",
                column: "order_id",
                filter: "NOT summed");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_marketing_orders_unsummed",
                table: "marketing_orders");
            migrationBuilder.DropColumn(
                name: "summed",
                table: "marketing_orders");
            migrationBuilder.DropTable(
                name: "marketing_goods");
            migrationBuilder.DropTable(
                name: "marketing_hours");
        }
    }
}
