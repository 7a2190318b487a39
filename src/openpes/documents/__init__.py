"""What somebody takes along to an employer: their CV, links that show it for a while, and papers for a first job."""
