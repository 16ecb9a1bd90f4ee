using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresStoreDb))]
    [Migration("20261126174000_DepartmentWeather")]
    public partial class DepartmentWeather : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "weather_failure_rate",
                table: "department_controls",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "weather_until",
                table: "department_controls",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "weather_by",
                table: "department_controls",
                type: "text",
                nullable: true, collation: "C");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var column in new[] { "weather_failure_rate", "weather_until", "weather_by" })
            {
                migrationBuilder.DropColumn(
                    name: column,
                    table: "department_controls");
            }
        }
    }
}
