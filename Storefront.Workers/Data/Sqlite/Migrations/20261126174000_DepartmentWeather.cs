using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteStoreDb))]
    [Migration("20261126174000_DepartmentWeather")]
    public partial class DepartmentWeather : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "weather_failure_rate",
                table: "department_controls",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "weather_until",
                table: "department_controls",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "weather_by",
                table: "department_controls",
                type: "TEXT",
                nullable: true);
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
